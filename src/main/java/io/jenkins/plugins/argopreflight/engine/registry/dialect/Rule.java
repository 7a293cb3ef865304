package io.jenkins.plugins.argopreflight.engine.registry.dialect;

import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.probe.SentenceValues;
import java.util.function.Predicate;

/**
 * A kind of answer of a registry, and its meaning.
 *
 * @param when tests the signals of a registry's last answer
 * @param verdict the meaning for a pull
 * @param sentence a text for the user without its full stop, which can have the placeholders of {@link SentenceValues}
 */
public record Rule(Predicate<Signals> when, Verdict verdict, String sentence) {}
