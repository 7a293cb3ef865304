package io.jenkins.plugins.argopreflight.testing.server;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Marks tests that need a real server or oracle, with the tag {@code server}.
 *
 * <p>Without the executables they are skipped, and {@link SkippedTests} says how many at the end; with the environment
 * variable or system property {@value #REQUIRE} set to true, as in continuous integration, they fail instead.
 */
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("server")
@ExtendWith(NeedsServers.Condition.class)
public @interface NeedsServers {

    /** Returns the servers that the test needs; all of them by default. */
    Server[] value() default {Server.CLUSTER, Server.REGISTRY, Server.ORACLES};

    /** Turns skipping into failing. */
    String REQUIRE = "ARGO_PREFLIGHT_REQUIRE_SERVERS";

    /** Adds the servers that continuous integration builds once a week. */
    String WEEKLY = "ARGO_PREFLIGHT_WEEKLY";

    /** Skips or fails when an executable is missing. */
    final class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            var missing =
                    AnnotationSupport.findAnnotation(context.getElement(), NeedsServers.class)
                            .map(NeedsServers::value)
                            .stream()
                            .flatMap(Stream::of)
                            .flatMap(server -> server.missing().stream())
                            .toList();
            if (missing.isEmpty()) {
                return ConditionEvaluationResult.enabled("real servers are there");
            }
            if (Boolean.parseBoolean(System.getProperty(REQUIRE, System.getenv(REQUIRE)))) {
                throw new IllegalStateException(
                        "real servers are required (" + REQUIRE + ") and missing: " + missing + ": run tools/build.sh");
            }
            SkippedTests.of(context).add(context, missing);
            return ConditionEvaluationResult.disabled("needs real servers, missing: " + missing);
        }
    }
}
