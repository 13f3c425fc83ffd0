#!/usr/bin/env python3
"""Reference values of orthogonal distance regression, for src/test/resources/golden/odr.

Usage: odr_reference.py DIRECTORY     needs scipy and mpmath

Reads DIRECTORY/points.csv (columns x, y) and writes DIRECTORY/fits.csv: for each degree the polynomial whose curve the points are nearest to,
unit weights on both axes. The values are those of a Newton iteration with 40 digits on the exact conditions of the minimum; scipy.odr (ODRPACK),
from where it starts, has to agree with them to 1e-6.
"""
import csv
import sys
import warnings

import mpmath as mp

warnings.simplefilter("ignore", DeprecationWarning)
from scipy import odr  # noqa: E402

mp.mp.dps = 40


def value(beta, x):
    return sum(b * x**k for k, b in enumerate(beta))


def slope(beta, x):
    return sum(k * b * x ** (k - 1) for k, b in enumerate(beta) if k > 0)


def conditions(x, y, degree):
    """Derivatives of sum (y - P(x + d))^2 + d^2, halved, by the coefficients and by every d."""

    def gradient(*unknowns):
        beta, shift = unknowns[: degree + 1], unknowns[degree + 1 :]
        left = [yi - value(beta, xi + di) for xi, yi, di in zip(x, y, shift)]
        by_beta = [-sum(r * (xi + di) ** k for r, xi, di in zip(left, x, shift)) for k in range(degree + 1)]
        by_shift = [di - r * slope(beta, xi + di) for r, xi, di in zip(left, x, shift)]
        return by_beta + by_shift

    return gradient


def fit(x, y, degree):
    data = odr.ODR(odr.RealData(x, y), odr.polynomial(degree), beta0=[1.0] * (degree + 1), sstol=1e-16, partol=1e-16, maxit=1000)
    data.set_job(fit_type=0, deriv=3)
    found = data.run()
    exact = [mp.mpf(v) for v in x], [mp.mpf(v) for v in y]
    start = [mp.mpf(v) for v in list(found.beta) + list(found.delta)]
    solution = mp.findroot(conditions(*exact, degree), start, tol=1e-60, maxsteps=50)
    beta, shift = list(solution)[: degree + 1], list(solution)[degree + 1 :]
    squares = sum((yi - value(beta, xi + di)) ** 2 + di**2 for xi, yi, di in zip(*exact, shift))
    variance = squares / (len(x) - degree - 1)
    information = mp.matrix(degree + 1, degree + 1)
    for xi, di in zip(exact[0], shift):
        for a in range(degree + 1):
            for b in range(degree + 1):
                information[a, b] += (xi + di) ** (a + b) / (1 + slope(beta, xi + di) ** 2)
    covariance = information**-1 * variance
    unc = [mp.sqrt(covariance[k, k]) for k in range(degree + 1)]
    for ours, theirs in zip(beta + unc + [squares], list(found.beta) + list(found.sd_beta) + [found.sum_square]):
        assert abs(ours - theirs) < 1e-6 * abs(ours), (degree, ours, theirs)
    return beta, unc, squares, variance


def main(directory):
    with open(f"{directory}/points.csv", encoding="ascii") as file:
        points = list(csv.DictReader(file))
    x, y = ([float(p[name]) for p in points] for name in "xy")
    with open(f"{directory}/fits.csv", "w", encoding="ascii") as out:
        out.write("degree,sum_of_squares,variance,coefficient,value,uncertainty\n")
        for degree in (1, 2, 3):
            beta, unc, squares, variance = fit(x, y, degree)
            for k in range(degree + 1):
                out.write(",".join([str(degree)] + [mp.nstr(v, 16) for v in (squares, variance)] + [str(k)] + [mp.nstr(v, 16) for v in (beta[k], unc[k])]) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
