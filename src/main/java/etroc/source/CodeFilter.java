package etroc.source;

import etroc.layout.HitRecord;
import java.io.Serializable;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntPredicate;
import org.apache.spark.sql.sources.EqualTo;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.sources.GreaterThan;
import org.apache.spark.sql.sources.GreaterThanOrEqual;
import org.apache.spark.sql.sources.In;
import org.apache.spark.sql.sources.IsNotNull;
import org.apache.spark.sql.sources.LessThan;
import org.apache.spark.sql.sources.LessThanOrEqual;
import org.apache.spark.sql.sources.Not;
import org.jspecify.annotations.Nullable;

/**
 * Filters on single codes, decided while reading. For each column the allowed values are a set of bits, so that any number of comparisons
 * of one column costs one look-up.
 */
final class CodeFilter implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int VALUES = 1024;

    private final EnumMap<HitColumn, BitSet> allowed = new EnumMap<>(HitColumn.class);

    boolean isEmpty() {
        return allowed.isEmpty();
    }

    /** Takes a filter over; false if it is none of one code, and Spark has to apply it. */
    boolean add(Filter filter) {
        if (filter instanceof IsNotNull isNotNull) {
            HitColumn column = codeColumn(isNotNull.attribute());
            return column != null && restrict(column, v -> true);
        }
        boolean negated = filter instanceof Not;
        Filter inner = filter instanceof Not not ? not.child() : filter;
        Comparison comparison = comparison(inner);
        if (comparison == null) {
            return false;
        }
        IntPredicate passes = comparison.passes();
        return restrict(comparison.column(), negated ? passes.negate() : passes);
    }

    private boolean restrict(HitColumn column, IntPredicate passes) {
        BitSet values = allowed.computeIfAbsent(column, c -> {
            BitSet all = new BitSet(VALUES);
            all.set(0, VALUES);
            return all;
        });
        for (int v = 0; v < VALUES; v++) {
            if (!passes.test(v)) {
                values.clear(v);
            }
        }
        return true;
    }

    private record Comparison(HitColumn column, IntPredicate passes) {}

    private static @Nullable Comparison comparison(Filter filter) {
        if (filter instanceof EqualTo f && f.value() instanceof Integer x) {
            return of(f.attribute(), v -> v == x);
        } else if (filter instanceof LessThan f && f.value() instanceof Integer x) {
            return of(f.attribute(), v -> v < x);
        } else if (filter instanceof LessThanOrEqual f && f.value() instanceof Integer x) {
            return of(f.attribute(), v -> v <= x);
        } else if (filter instanceof GreaterThan f && f.value() instanceof Integer x) {
            return of(f.attribute(), v -> v > x);
        } else if (filter instanceof GreaterThanOrEqual f && f.value() instanceof Integer x) {
            return of(f.attribute(), v -> v >= x);
        } else if (filter instanceof In f) {
            BitSet values = new BitSet(VALUES);
            for (Object value : f.values()) {
                if (!(value instanceof Integer x)) {
                    return null; // a NULL in the list is Spark's business
                }
                if (x >= 0 && x < VALUES) {
                    values.set(x);
                }
            }
            return of(f.attribute(), values::get);
        }
        return null;
    }

    private static @Nullable Comparison of(String attribute, IntPredicate passes) {
        HitColumn column = codeColumn(attribute);
        return column == null ? null : new Comparison(column, passes);
    }

    private static @Nullable HitColumn codeColumn(String attribute) {
        if (!HitColumn.isName(attribute)) {
            return null;
        }
        HitColumn column = HitColumn.named(attribute);
        return column.ofLine() ? column : null;
    }

    /** The filter in the form that the reader's loop uses. */
    Test test() {
        return new Test(this);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<HitColumn, BitSet> e : allowed.entrySet()) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(e.getKey().columnName())
                    .append(": ")
                    .append(e.getValue().cardinality())
                    .append(" of ")
                    .append(VALUES)
                    .append(" values");
        }
        return text.toString();
    }

    /** One look-up a column. */
    static final class Test {
        private final boolean[] board;
        private final boolean[] toa;
        private final boolean[] tot;
        private final boolean[] cal;
        private final boolean[] flag;
        private final boolean codesMatter;

        private Test(CodeFilter filter) {
            board = values(filter, HitColumn.BOARD);
            toa = values(filter, HitColumn.TOA);
            tot = values(filter, HitColumn.TOT);
            cal = values(filter, HitColumn.CAL);
            flag = values(filter, HitColumn.HIT_FLAG);
            codesMatter = filter.allowed.containsKey(HitColumn.BOARD)
                    || filter.allowed.containsKey(HitColumn.TOA)
                    || filter.allowed.containsKey(HitColumn.TOT)
                    || filter.allowed.containsKey(HitColumn.CAL);
        }

        private static boolean[] values(CodeFilter filter, HitColumn column) {
            boolean[] values = new boolean[VALUES];
            BitSet bits = filter.allowed.get(column);
            for (int v = 0; v < VALUES; v++) {
                values[v] = bits == null || bits.get(v);
            }
            return values;
        }

        boolean passes(HitRecord r) {
            return flag[r.flag] && (!codesMatter || (cal[r.cal] && board[r.board] && tot[r.tot] && toa[r.toa]));
        }
    }
}
