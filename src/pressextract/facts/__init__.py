"""PROPOSE, CLASSIFY and DECODE facts between settled mentions."""
