package etroc;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a setting may be beyond its type. It stands at a component of a settings record; of a list or map it is said of each element. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Possible {
    /** A word that stands for no value: null, an empty list, section or text. A missing key means the same. */
    String or() default "";

    double min() default -Double.MAX_VALUE;

    double max() default Double.MAX_VALUE;

    /** The texts that are possible, in small letters; none: any. */
    String[] oneOf() default {};
}
