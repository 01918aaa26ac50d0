"""Every page of the works. Where two routes could take an address, the one with fixed words comes first."""

from fastapi import APIRouter

from api.pages.works import (
    energy,
    energy_baseline,
    energy_forms,
    energy_meter,
    energy_prices,
    energy_readings,
    energy_savings,
    packages,
)

ROUTERS: tuple[APIRouter, ...] = (
    packages.router,
    energy.router,
    energy_prices.router,
    energy_forms.router,
    energy_savings.router,
    energy_baseline.router,
    energy_readings.router,
    energy_meter.router,
)
