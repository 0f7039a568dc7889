package orderplatform.query.consistency;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a controller's {@link ConsistencyToken} parameter: the method runs when the named projection has passed the
 * request's {@code Consistency-Token}; if it doesn't in time, the answer is 503 {@code /problems/projection-behind}.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface ReadsFrom {

    /** Not a projection: the log itself. */
    String LOG = "log";

    /** Name of the projection, or {@link #LOG}. */
    String value();
}
