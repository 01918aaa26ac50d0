"""The results for machines: indicators, their values, the board report. `api/rest/campus` says who may."""
