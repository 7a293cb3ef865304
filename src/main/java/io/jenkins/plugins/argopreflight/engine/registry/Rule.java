package io.jenkins.plugins.argopreflight.engine.registry;

import java.util.function.Predicate;

/**
 * One thing that a registry says, and what it means.
 *
 * @param when how the question ended
 * @param verdict what that means for a pull
 * @param sentence for a person; may hold the names of {@link Sentence}
 */
record Rule(Predicate<Signals> when, Verdict verdict, String sentence) {}
