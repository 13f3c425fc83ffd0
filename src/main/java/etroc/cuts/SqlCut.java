package etroc.cuts;

import etroc.UsageException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Cast$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Checks a cut that a user wrote as SQL, before anything runs: it is short, parses, holds nothing but columns of the stage, numbers,
 * comparisons, logic, arithmetic and a few functions, and Spark finds it to be true or false for every row. A text handed to Spark as it is
 * could call any static Java method ({@code reflect}) or hold a query.
 */
final class SqlCut {
    /** Functions that a cut may call; none throws for any value, or {@link TotalArithmetic} replaces it by one that does not. */
    private static final Set<String> FUNCTIONS = Set.of(
            ("abs between sqrt power pow exp ln log10 floor ceil ceiling round sign least greatest coalesce nullif if isnull"
                            + " isnotnull isnan try_add try_subtract try_multiply try_divide try_mod hypot mod pmod bit_count")
                    .split(" "));
    /** Expression classes that the parser makes of operators and literals. */
    private static final Set<String> OPERATORS = Set.of(
            ("Literal And Or Not EqualTo EqualNullSafe LessThan LessThanOrEqual GreaterThan GreaterThanOrEqual In IsNull"
                            + " IsNotNull Add Subtract Multiply Divide Remainder IntegralDivide UnaryMinus UnaryPositive CaseWhen"
                            + " BitwiseAnd BitwiseOr BitwiseXor BitwiseNot ShiftLeft ShiftRight Cast")
                    .split(" "));

    private static final int MAX_LENGTH = 10_000;
    private static final int MAX_DEPTH = 50;
    private static final int MAX_NODES = 10_000;
    private static final int SHOWN = 200;
    /** Text in quotes, which may hold anything. */
    private static final Pattern QUOTED = Pattern.compile("'(\\\\.|[^'\\\\])*+'|\"(\\\\.|[^\"\\\\])*+\"|`[^`]*+`");

    private final String sql;
    private final CutColumns columns;
    private final String origin;
    private int nodes;

    private SqlCut(String sql, CutColumns columns, String origin) {
        this.sql = sql.strip();
        this.columns = columns;
        this.origin = origin;
    }

    /**
     * SQL that is applied for what a user wrote: true or false for every row, false where a value is missing or cannot be computed.
     *
     * @param origin where it stands, for the message
     * @throws UsageException if it cannot be a cut
     */
    static String checked(String sql, CutColumns columns, String origin) {
        SqlCut cut = new SqlCut(sql, columns, origin);
        cut.checkText();
        try {
            return Analysis.withDefaults(cut::applied);
        } catch (UsageException e) {
            throw e;
        } catch (StackOverflowError e) {
            throw cut.wrong("nests too deeply; possible: " + MAX_DEPTH + " levels", e);
        } catch (Exception e) { // Scala throws checked exceptions without declaring them
            throw cut.wrong("cannot be a cut: " + reason(e) + "; columns: " + cut.typedColumns(), e);
        }
    }

    private void checkText() {
        if (sql.isEmpty()) {
            throw wrong("is empty; possible: a condition such as calibration_code < 200", null);
        }
        if (sql.length() > MAX_LENGTH) {
            throw wrong("has " + sql.length() + " characters; possible: " + MAX_LENGTH, null);
        }
        String bare = QUOTED.matcher(sql).replaceAll("''");
        if (bare.contains("--") || bare.contains("/*")) {
            throw wrong("holds a comment (-- or /*); possible: the condition alone", null);
        }
        int open = 0;
        for (int i = 0; i < bare.length(); i++) {
            char c = bare.charAt(i);
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (open > MAX_DEPTH) { // the parser's time grows with the square
                throw wrong("nests too deeply; possible: " + MAX_DEPTH + " levels", null);
            }
        }
    }

    private String applied() {
        Expression parsed = Analysis.parsed(sql);
        checkUsed(parsed, 0);
        checkResolved(Analysis.resolved(parsed, columns.schema()));
        Expression total = new TotalArithmetic(columns.schema()).of(parsed);
        if (total.equals(parsed)) {
            return "coalesce((" + sql + "), false)";
        }
        checkResolved(Analysis.resolved(Analysis.parsed(total.sql()), columns.schema()));
        return "coalesce(" + total.sql() + ", false)";
    }

    private void checkResolved(Expression resolved) {
        nodes = 0;
        count(resolved);
        if (!resolved.dataType().equals(DataTypes.BooleanType)) {
            throw wrong(
                    "is " + resolved.dataType().sql() + ", not true or false; possible: a comparison such as"
                            + " calibration_code < 200 (without quotes around it)",
                    null);
        }
        checkCasts(resolved);
    }

    /** Whitelist. */
    private void checkUsed(Expression expression, int depth) {
        if (depth > MAX_DEPTH) {
            throw wrong("nests too deeply; possible: " + MAX_DEPTH + " levels", null);
        }
        if (expression instanceof UnresolvedAttribute attribute) {
            if (Arrays.stream(columns.schema().fieldNames()).noneMatch(c -> c.equalsIgnoreCase(attribute.name()))) {
                throw wrong(
                        "names the column '" + attribute.name() + "'; possible: "
                                + String.join(", ", columns.schema().fieldNames()),
                        null);
            }
        } else if (expression instanceof UnresolvedFunction function) {
            String name = String.join(".", CollectionConverters.asJava(function.nameParts()))
                    .toLowerCase(Locale.ROOT);
            if (!FUNCTIONS.contains(name)) {
                throw wrong("calls '" + name + "'; possible: " + functions(), null);
            }
        } else if (!OPERATORS.contains(expression.getClass().getSimpleName())) {
            throw wrong(
                    "uses " + expression.prettyName()
                            + ", which a cut may not; possible: columns, numbers, comparisons, AND, OR, NOT, arithmetic and "
                            + functions(),
                    null);
        }
        Analysis.children(expression).forEach(child -> checkUsed(child, depth + 1));
    }

    /** A function of SQL may repeat its argument, and that of another in it again. */
    private void count(Expression expression) {
        if (++nodes > MAX_NODES) {
            throw wrong("is too long; possible: " + MAX_NODES + " operators, numbers and columns", null);
        }
        Analysis.children(expression).forEach(this::count);
    }

    /**
     * Spark takes text for a number or a date where one is needed, and a large number for one of fewer digits, and stops the job at the first
     * row where that fails. A constant for which it does not fail is harmless.
     */
    private void checkCasts(Expression expression) {
        if (expression instanceof Cast cast && mayFail(cast)) {
            String from =
                    cast.child().sql() + ", which is " + cast.child().dataType().sql() + ",";
            String type = cast.dataType().sql();
            if (!cast.foldable()) {
                throw wrong(
                        "takes " + from + " for " + type + "; possible: CAST("
                                + cast.child().sql() + " AS " + type + ")",
                        null);
            } else if (!holdsValue(cast)) {
                throw wrong("takes " + from + " for " + type + ", and it is none", null);
            }
        }
        Analysis.children(expression).forEach(this::checkCasts);
    }

    /** Of the casts that Spark added; those that the user wrote give NULL instead. */
    private static boolean mayFail(Cast cast) {
        DataType from = cast.child().dataType();
        DataType to = cast.dataType();
        boolean toFloating = from instanceof NumericType && to.equals(DataTypes.DoubleType);
        return !toFloating
                && !Cast$.MODULE$.canUpCast(from, to)
                && cast.getTagValue(Cast$.MODULE$.USER_SPECIFIED_CAST()).isEmpty();
    }

    private static boolean holdsValue(Cast cast) {
        try {
            return cast.eval(null) != null;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static String functions() {
        return FUNCTIONS.stream().sorted().collect(Collectors.joining(", "));
    }

    private String typedColumns() {
        return Arrays.stream(columns.schema().fields())
                .map(f -> f.name() + " " + f.dataType().sql())
                .collect(Collectors.joining(", "));
    }

    /** Spark's message without its class, its state and the query. */
    private static String reason(Exception e) {
        String text = String.valueOf(e.getMessage()).strip();
        String line = text.lines().findFirst().orElse(e.toString());
        return line.replaceFirst("^\\[[A-Z0-9_.]+] ", "").replaceFirst("\\.?( Please, refer to .*| SQLSTATE:.*)$", "");
    }

    private UsageException wrong(String what, @org.jspecify.annotations.Nullable Throwable cause) {
        String line = sql.replaceAll("\\p{Cntrl}+", " ");
        String shown = line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
        String message = origin + ": '" + shown + "' " + what;
        return cause == null ? new UsageException(message) : new UsageException(message, cause);
    }
}
