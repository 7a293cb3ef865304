package io.jenkins.plugins.argopreflight.config;

import io.jenkins.plugins.argopreflight.engine.preflight.Suppression;
import io.jenkins.plugins.argopreflight.engine.report.Gate;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The policy that decides about a build: {@code failOn}, {@code unstableOn} and the suppressed checks. Levels from
 * Jenkins to the step are applied one after the other. If a level locks the policy, the levels below it can only be
 * stricter.
 */
public final class GatePolicy {

    private final Gate failOn;
    private final Optional<Gate> unstableOn;
    private final List<Suppression> ignores;
    private final Optional<Lock> lock;
    private final List<String> notes;

    /**
     * The settings of a level.
     *
     * @param who the level's name for messages: {@code Jenkins}, {@code folder team}, {@code this step}
     * @param failOn empty to keep that of the level above
     * @param unstableOn empty to keep that of the level above
     * @param ignores suppressions in addition to those of the level above
     * @param locks whether the levels below can only be stricter
     */
    public record Level(
            String who, Optional<Gate> failOn, Optional<Gate> unstableOn, List<Suppression> ignores, boolean locks) {

        public Level {
            ignores = List.copyOf(ignores);
        }
    }

    /** The least strict policy that a lock allows for the levels below. */
    private record Lock(String who, Gate failOn, Optional<Gate> unstableOn, List<Suppression> ignores) {

        boolean covers(Suppression requested) {
            return ignores.stream()
                    .filter(locked -> locked.check().equals(requested.check()))
                    .anyMatch(locked -> !end(requested).isAfter(end(locked)));
        }

        private static LocalDate end(Suppression ignore) {
            return ignore.until().orElse(LocalDate.MAX);
        }
    }

    private GatePolicy(
            Gate failOn,
            Optional<Gate> unstableOn,
            List<Suppression> ignores,
            Optional<Lock> lock,
            List<String> notes) {
        this.failOn = failOn;
        this.unstableOn = unstableOn;
        this.ignores = List.copyOf(ignores);
        this.lock = lock;
        this.notes = List.copyOf(notes);
    }

    /** Returns the policy that applies if no level sets anything. */
    public static GatePolicy initial() {
        return new GatePolicy(Gate.FAIL, Optional.empty(), List.of(), Optional.empty(), List.of());
    }

    /**
     * Returns the policy with the next level below. A setting of that level that a lock does not allow is replaced, and
     * becomes a note.
     */
    public GatePolicy with(Level level) {
        List<String> newNotes = new ArrayList<>(notes);
        Gate fail = level.failOn().orElse(failOn);
        Optional<Gate> unstable = level.unstableOn().or(() -> unstableOn);
        List<Suppression> all = new ArrayList<>(level.ignores());
        if (lock.isPresent()) {
            Lock locked = lock.get();
            if (strictness(fail) < strictness(locked.failOn())) {
                newNotes.add(note("failOn", fail.name(), locked.failOn().name(), level, locked));
                fail = locked.failOn();
            }
            if (strictness(unstable) < strictness(locked.unstableOn())) {
                String value = locked.unstableOn().map(Gate::name).orElseGet(Messages::GatePolicy_default);
                newNotes.add(note(
                        "unstableOn",
                        unstable.map(Gate::name).orElseGet(Messages::GatePolicy_default),
                        value,
                        level,
                        locked));
                unstable = locked.unstableOn();
            }
            all.removeIf(ignore -> !locked.covers(ignore));
            level.ignores().stream()
                    .filter(ignore -> !locked.covers(ignore))
                    .forEach(ignore ->
                            newNotes.add(Messages.GatePolicy_ignore(ignore.check(), level.who(), locked.who())));
        }
        all.addAll(ignores);
        Optional<Lock> newLock = level.locks() ? Optional.of(new Lock(level.who(), fail, unstable, all)) : lock;
        return new GatePolicy(fail, unstable, all, newLock, newNotes);
    }

    private static String note(String parameter, String requested, String applies, Level level, Lock locked) {
        return Messages.GatePolicy_locked(parameter, requested, level.who(), locked.who(), applies);
    }

    private static int strictness(Gate gate) {
        return gate == Gate.NEVER ? -1 : gate.ordinal();
    }

    /**
     * Returns the rank of {@code unstableOn}. Without it, a build still becomes unstable if something could not be
     * checked, which NEVER prevents.
     */
    private static int strictness(Optional<Gate> gate) {
        return gate.map(each -> each == Gate.NEVER ? -2 : each.ordinal()).orElse(-1);
    }

    /**
     * Returns the reason why a locked policy refuses a parameter of a step that weakens it; empty if the parameter
     * applies.
     *
     * @param parameter the parameter, such as {@code newOnly}
     */
    public Optional<String> refusal(String parameter) {
        return lock.map(locked -> Messages.GatePolicy_refused(parameter, locked.who()));
    }

    public Gate failOn() {
        return failOn;
    }

    /**
     * Returns {@code unstableOn}. If it is empty, a build becomes unstable only if something requested could not be
     * checked.
     */
    public Optional<Gate> unstableOn() {
        return unstableOn;
    }

    /** Returns the suppressions that apply, one for each check: that of the innermost level. */
    public List<Suppression> ignores() {
        Map<String, Suppression> first = new LinkedHashMap<>();
        ignores.forEach(ignore -> first.putIfAbsent(ignore.check(), ignore));
        return List.copyOf(first.values());
    }

    /** Returns notes for the build's log about settings that a locked policy does not allow. */
    public List<String> notes() {
        return notes;
    }
}
