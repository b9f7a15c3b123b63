"""Fonts, icons, style sheet, maths bundle and samples; `studyapp.assets` is the only door."""
