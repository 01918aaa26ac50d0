"""Every page of the works. Where two routes could take an address, the one with fixed words comes first."""

from fastapi import APIRouter

from api.pages.works import (
    baselines,
    closure,
    closure_confirm,
    closure_rule,
    closures,
    dependencies,
    energy,
    energy_baseline,
    energy_forms,
    energy_meter,
    energy_prices,
    energy_readings,
    energy_savings,
    milestone_report,
    milestones,
    package_edit,
    package_one,
    package_report,
    packages,
    papers,
    plan,
    scenarios,
    trend,
)

ROUTERS: tuple[APIRouter, ...] = (
    *(
        packages.router,
        package_edit.router,
        milestones.router,
        dependencies.router,
        papers.router,
        package_one.router,
    ),
    *(
        plan.router,
        trend.router,
        baselines.router,
        package_report.router,
        milestone_report.router,
    ),
    *(
        closures.router,
        scenarios.router,
        closure.router,
        closure_confirm.router,
        closure_rule.router,
    ),
    *(
        energy.router,
        energy_prices.router,
        energy_forms.router,
        energy_savings.router,
        energy_baseline.router,
        energy_readings.router,
        energy_meter.router,
    ),
)
