#!/usr/bin/env bash
# Kills a campaign of 12 datasets at random moments (20, or the number given) and looks whether its results are those of an
# undisturbed one: see KilledCampaignIT. A second number is the seed of the moments.
set -euo pipefail
cd "$(dirname -- "$0")/../../.."
exec mvn -B verify -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=KilledCampaignIT \
    -Dfailsafe.failIfNoSpecifiedTests=false -Detroc.kills="${1:-20}" ${2:+-Detroc.kills.seed="$2"}
