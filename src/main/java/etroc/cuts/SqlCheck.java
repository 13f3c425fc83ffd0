package etroc.cuts;

import etroc.UsageException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.BinaryArithmetic;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.UnaryMinus;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.types.DataTypes;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Lets through expressions of columns, numbers, comparisons, logic and arithmetic, and a few functions. A text handed to Spark as it is could
 * call any static Java method ({@code reflect}) or hold a query.
 */
public final class SqlCheck {
    private static final Set<String> FUNCTIONS = Set.of(
            "abs",
            "between",
            "sqrt",
            "power",
            "pow",
            "exp",
            "ln",
            "log10",
            "floor",
            "ceil",
            "ceiling",
            "round",
            "sign",
            "least",
            "greatest",
            "coalesce",
            "nullif",
            "if",
            "isnull",
            "isnotnull",
            "isnan",
            "try_divide",
            "hypot",
            "mod",
            "pmod",
            "bit_count");
    /** Expression classes that the parser makes of operators and literals. */
    private static final Set<String> OPERATORS = Set.of(
            "Literal",
            "And",
            "Or",
            "Not",
            "EqualTo",
            "EqualNullSafe",
            "LessThan",
            "LessThanOrEqual",
            "GreaterThan",
            "GreaterThanOrEqual",
            "In",
            "InSet",
            "IsNull",
            "IsNotNull",
            "Add",
            "Subtract",
            "Multiply",
            "Divide",
            "Remainder",
            "IntegralDivide",
            "UnaryMinus",
            "UnaryPositive",
            "CaseWhen",
            "If",
            "BitwiseAnd",
            "BitwiseOr",
            "BitwiseXor",
            "BitwiseNot",
            "ShiftLeft",
            "ShiftRight",
            "Cast");

    private SqlCheck() {}

    /** The cut of a source that is an expression. */
    static Cut cut(int row, CutSettings.Source source, CutColumns columns) {
        check(source.sql(), columns.names(), source.origin());
        return new Cut(row, source.output(), source.sql(), "coalesce((" + source.sql() + "), false)");
    }

    /**
     * Checks an expression.
     *
     * @param columns that it may name
     * @param origin where it stands, for the message
     * @throws UsageException if it does not parse, names another column or uses something that is not let through
     */
    public static void check(String sql, List<String> columns, String origin) {
        Expression parsed;
        try {
            parsed = CatalystSqlParser$.MODULE$.parseExpression(sql);
        } catch (RuntimeException e) {
            throw new UsageException(origin + ": '" + sql + "' is no SQL expression: " + firstLines(e), e);
        } catch (Exception e) { // Scala throws ParseException without declaring it
            throw new UsageException(origin + ": '" + sql + "' is no SQL expression: " + firstLines(e), e);
        }
        walk(parsed, sql, columns, origin);
        if (!mayBeBoolean(parsed)) {
            throw new UsageException(
                    origin + ": '" + sql + "' is not true or false for an event; a comparison is, such as"
                            + " calibration_code < 200 (without quotes around it)");
        }
    }

    /** A column's type is not known here, nor is that of a function. */
    private static boolean mayBeBoolean(Expression parsed) {
        if (parsed instanceof Literal literal) {
            return literal.dataType().equals(DataTypes.BooleanType);
        }
        return !(parsed instanceof BinaryArithmetic) && !(parsed instanceof UnaryMinus);
    }

    private static String firstLines(Exception e) {
        return String.valueOf(e.getMessage())
                .strip()
                .lines()
                .filter(l -> !l.isBlank())
                .findFirst()
                .orElse("");
    }

    private static void walk(Expression expression, String sql, List<String> columns, String origin) {
        if (expression instanceof UnresolvedAttribute attribute) {
            if (columns.stream().noneMatch(c -> c.equalsIgnoreCase(attribute.name()))) {
                throw new UsageException(origin + ": '" + sql + "' names the column '" + attribute.name()
                        + "'; possible: " + String.join(", ", columns));
            }
        } else if (expression instanceof UnresolvedFunction function) {
            String name = String.join(".", CollectionConverters.asJava(function.nameParts()))
                    .toLowerCase(Locale.ROOT);
            if (!FUNCTIONS.contains(name)) {
                throw new UsageException(origin + ": '" + sql + "' calls '" + name + "'; possible: "
                        + String.join(", ", FUNCTIONS.stream().sorted().toList()));
            }
        } else if (!OPERATORS.contains(expression.getClass().getSimpleName())) {
            throw new UsageException(origin + ": '" + sql + "' uses " + expression.prettyName()
                    + ", which a cut may not; it may use columns, numbers, comparisons, AND, OR, NOT, arithmetic and "
                    + String.join(", ", FUNCTIONS.stream().sorted().toList()));
        }
        CollectionConverters.asJava(expression.children()).forEach(child -> walk(child, sql, columns, origin));
    }
}
