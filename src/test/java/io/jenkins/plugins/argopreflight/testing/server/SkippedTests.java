package io.jenkins.plugins.argopreflight.testing.server;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Counts the tests that were skipped because a real server was missing; JUnit closes it when the run ends. */
final class SkippedTests implements AutoCloseable {

    private final AtomicInteger count = new AtomicInteger();
    private final Set<String> missing = new ConcurrentSkipListSet<>();

    static SkippedTests of(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(SkippedTests.class))
                .computeIfAbsent(SkippedTests.class, key -> new SkippedTests(), SkippedTests.class);
    }

    /** A parameterized test counts once: its invocations are not known when it is skipped. */
    void add(ExtensionContext context, List<String> missingExecutables) {
        missing.addAll(missingExecutables);
        count.addAndGet(context.getTestMethod().isPresent() ? 1 : testsIn(context.getRequiredTestClass()));
    }

    static int testsIn(Class<?> testClass) {
        int own = ReflectionSupport.findMethods(
                        testClass,
                        method -> AnnotationSupport.isAnnotated(method, Testable.class),
                        HierarchyTraversalMode.TOP_DOWN)
                .size();
        return own
                + ReflectionSupport.findNestedClasses(
                                testClass, nested -> AnnotationSupport.isAnnotated(nested, Nested.class))
                        .stream()
                        .mapToInt(SkippedTests::testsIn)
                        .sum();
    }

    @Override
    public void close() {
        System.out.println(message(count.get(), missing));
    }

    static String message(int count, Collection<String> missing) {
        return "SKIPPED " + count + (count == 1 ? " test that needs" : " tests that need") + " real servers (missing: "
                + String.join(", ", missing) + "): run tools/build.sh, which needs Go, or set KUBEBUILDER_ASSETS";
    }
}
