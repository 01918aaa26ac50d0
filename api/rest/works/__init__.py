"""The works, their money, running costs and energy for machines. `api/rest/campus` says who may."""
