"""Widgets draw what they are given. They know neither pages nor bridges; each runs alone and shows itself."""
