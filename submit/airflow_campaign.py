"""Airflow: a campaign every night. Fill in ETROC, CAMPAIGN and the schedule, and put this file into the DAGs' directory.

One run at a time: a second one would stop at the output's lock. A retry goes on where a killed run was.
"""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash import BashOperator

ETROC = "/opt/etroc-spark/submit/etroc"
CAMPAIGN = "/data/etroc/campaign.conf"

with DAG(
    dag_id="etroc_campaign",
    schedule="30 2 * * *",
    start_date=datetime(2026, 11, 1),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 2, "retry_delay": timedelta(minutes=15)},
) as dag:
    BashOperator(task_id="campaign", bash_command=f"{ETROC} campaign {CAMPAIGN}")
