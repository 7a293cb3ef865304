package io.jenkins.plugins.argopreflight.engine;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A check whose findings shall not count.
 *
 * @param check its id
 * @param reason why, for the report; may be ""
 * @param until the last day on which it holds; empty for ever. One that has expired is a finding itself.
 */
public record Ignore(String check, String reason, Optional<LocalDate> until) {}
