package io.jenkins.plugins.argopreflight.engine.registry.dialect;

import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.probe.Sentence;
import java.util.function.Predicate;

/**
 * One thing that a registry says, and what it means.
 *
 * @param when how the question ended
 * @param verdict what that means for a pull
 * @param sentence for a person; can hold the names of {@link Sentence}
 */
public record Rule(Predicate<Signals> when, Verdict verdict, String sentence) {}
