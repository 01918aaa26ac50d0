"""Pages of the renovation works, their money, running costs and energy. `api/pages/campus/access.py` says who may."""
