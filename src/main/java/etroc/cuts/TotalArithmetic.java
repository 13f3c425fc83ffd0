package etroc.cuts;

import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction$;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Divide;
import org.apache.spark.sql.catalyst.expressions.EvalMode$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.IntegralDivide;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.expressions.Remainder;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.catalyst.expressions.UnaryMinus;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/**
 * Arithmetic that has no errors: what standard SQL stops a query for (division by zero, overflow, text that is no number) is NULL, a missing
 * value. Rewrites a parsed expression; the result is SQL again.
 */
final class TotalArithmetic {
    private final StructType columns;

    TotalArithmetic(StructType columns) {
        this.columns = columns;
    }

    Expression of(Expression parsed) {
        List<Expression> c = Analysis.children(parsed).stream().map(this::of).toList();
        if (parsed instanceof Add) {
            return call("try_add", c);
        } else if (parsed instanceof Subtract) {
            return call("try_subtract", c);
        } else if (parsed instanceof Multiply) {
            return call("try_multiply", c);
        } else if (parsed instanceof Divide) {
            return call("try_divide", c);
        } else if (parsed instanceof Remainder) {
            return call("try_mod", c);
        } else if (parsed instanceof UnaryMinus) {
            return call("try_subtract", List.of(zero(), c.get(0)));
        } else if (parsed instanceof IntegralDivide) {
            boolean mayOverflow = typeOf(c.get(0)).equals(DataTypes.LongType);
            return with(parsed, List.of(mayOverflow ? withoutLeast(c.get(0)) : c.get(0), withoutZero(c.get(1))));
        } else if (parsed instanceof Cast cast) {
            return cast.copy(c.get(0), cast.dataType(), cast.timeZoneId(), EvalMode$.MODULE$.TRY());
        } else if (parsed instanceof UnresolvedFunction function) {
            return function(function, c);
        }
        return with(parsed, c);
    }

    private Expression function(UnresolvedFunction function, List<Expression> c) {
        String name = function.nameParts().head().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "mod" -> call("try_mod", c);
            case "pmod" -> call(name, List.of(c.get(0), withoutZero(c.get(1))));
            case "abs" -> call(name, List.of(withoutLeast(c.get(0))));
            case "round", "floor", "ceil", "ceiling" -> rounded(name, c);
            default -> with(function, c);
        };
    }

    /** To tens and hundreds an integer may be rounded beyond its type. */
    private Expression rounded(String name, List<Expression> c) {
        boolean mayOverflow = c.size() == 2 && typeOf(c.get(0)) instanceof IntegralType;
        return mayOverflow
                ? call(name, List.of(cast(c.get(0), DataTypes.createDecimalType(20, 0)), c.get(1)))
                : call(name, c);
    }

    private DataType typeOf(Expression parsed) {
        return Analysis.resolved(parsed, columns).dataType();
    }

    /** The least number of an integer type has no positive counterpart: a wider type, or NULL in its place. */
    private Expression withoutLeast(Expression e) {
        DataType type = typeOf(e);
        if (type.equals(DataTypes.LongType)) {
            return call("nullif", List.of(e, Literal$.MODULE$.apply(Long.MIN_VALUE)));
        }
        return type instanceof IntegralType ? cast(e, DataTypes.LongType) : e;
    }

    private static Expression withoutZero(Expression e) {
        return call("nullif", List.of(e, zero()));
    }

    private static Expression zero() {
        return Literal$.MODULE$.apply(0);
    }

    /** To a type that holds all values. */
    private static Expression cast(Expression e, DataType type) {
        return new Cast(e, type, Option.empty(), EvalMode$.MODULE$.ANSI());
    }

    private static Expression call(String function, List<Expression> arguments) {
        return UnresolvedFunction$.MODULE$.apply(function, Analysis.seq(arguments), false);
    }

    private static Expression with(Expression e, List<Expression> children) {
        return children.isEmpty() ? e : e.withNewChildren(Analysis.seq(children));
    }
}
