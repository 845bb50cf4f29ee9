"""GAZETTEERS: towns with their places, regions and countries; compact files, loaded at first use."""

from pressextract.gazetteers.cities import CityGazetteer, Usage, load_cities
from pressextract.gazetteers.places import Place
from pressextract.gazetteers.tables import GazetteerError

__all__ = ["CityGazetteer", "GazetteerError", "Place", "Usage", "load_cities"]
