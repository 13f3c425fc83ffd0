package etroc;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a row of a table or a column of it is, on the record that the table is a list of. It goes into Parquet and the documentation. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT})
public @interface About {
    /** One line, with the unit; empty where the name says it. */
    String value() default "";

    /** Name of the column where it is not the component's in snake case; of a list's columns with # for the index. */
    String name() default "";

    /** Columns of a list; 0: as many as the longest list of the table has. */
    int length() default 0;
}
