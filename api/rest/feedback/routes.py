"""Every router of the feedback, in the order of the description."""

from fastapi import APIRouter

from api.rest.feedback import (
    actions,
    benchmarks,
    cases,
    comments,
    figures,
    invitations,
    points,
    quarters,
    questionnaires,
    surveys,
)

ROUTERS: tuple[APIRouter, ...] = (
    surveys.router,
    questionnaires.router,
    figures.router,
    quarters.router,
    benchmarks.router,
    comments.router,
    actions.router,
    invitations.router,
    cases.router,
    points.router,
)
