package io.jenkins.plugins.argopreflight.engine.diagnose;

/**
 * Something that was seen, as it stands there: visible characters only, and bounded.
 *
 * @param object such as {@code Pod ci/build-x7k2p}
 * @param field such as {@code status.containerStatuses[main].state.waiting}, {@code event FailedMount}, {@code log}
 * @param text what it says
 * @param time when it was last seen (ISO 8601); "" when that is not known
 * @param count how often; 1 unless an event or several equal nodes say more
 */
public record Evidence(String object, String field, String text, String time, long count) {}
