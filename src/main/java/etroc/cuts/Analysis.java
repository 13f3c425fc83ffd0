package etroc.cuts;

import java.util.List;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.catalyst.QueryPlanningTracker;
import org.apache.spark.sql.catalyst.analysis.Analyzer;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry$;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAlias;
import org.apache.spark.sql.catalyst.catalog.InMemoryCatalog;
import org.apache.spark.sql.catalyst.catalog.SessionCatalog;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.internal.SQLConf$;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Spark's own parser and analyser over a table without rows: no session is needed and no job runs. */
final class Analysis {
    private static final Analyzer ANALYZER = new Analyzer(new SessionCatalog(
            new InMemoryCatalog(new SparkConf(false), new Configuration(false)), FunctionRegistry$.MODULE$.builtin()));

    private Analysis() {}

    /** Runs a task with Spark's default SQL configuration, whatever session this thread has. */
    static <T> T withDefaults(Supplier<T> task) {
        return SQLConf$.MODULE$.withExistingConf(new SQLConf(), task::get);
    }

    /** Throws Spark's ParseException, undeclared, if the text is no expression. */
    static Expression parsed(String sql) {
        return CatalystSqlParser$.MODULE$.parseExpression(sql);
    }

    /**
     * The expression with columns, functions and types found, and the casts that Spark adds. Throws its AnalysisException, undeclared, if a
     * name, a type or the number of arguments is wrong.
     */
    static Expression resolved(Expression parsed, StructType columns) {
        LogicalPlan empty = LocalRelation$.MODULE$.apply(columns);
        NamedExpression named = new UnresolvedAlias(parsed, Option.empty());
        LogicalPlan plan = new Project(seq(List.of(named)), empty);
        LogicalPlan analysed = ANALYZER.executeAndCheck(plan, new QueryPlanningTracker(Option.empty()));
        Expression found = analysed.expressions().head();
        return found instanceof Alias alias ? alias.child() : found;
    }

    static <T> Seq<T> seq(List<T> list) {
        return CollectionConverters.asScala(list).toList();
    }

    static List<Expression> children(Expression expression) {
        return CollectionConverters.asJava(expression.children());
    }
}
