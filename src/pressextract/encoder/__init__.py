"""The small transformer at run time: words to pieces, windows, ONNX sessions; no torch."""
