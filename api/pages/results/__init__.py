"""Pages of the results: indicators, the overview for management, the board report. Readers of the books may see them;
keepers of the books add indicators and values. `api/pages/campus/access.py` says who that is.
"""
