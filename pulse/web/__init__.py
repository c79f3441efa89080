"""What every page shares: layout, macros, static files, house formats, and who may enter."""
