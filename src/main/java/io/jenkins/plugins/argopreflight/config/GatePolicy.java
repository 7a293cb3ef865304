package io.jenkins.plugins.argopreflight.config;

import io.jenkins.plugins.argopreflight.engine.preflight.Gate;
import io.jenkins.plugins.argopreflight.engine.preflight.GateOptions;
import io.jenkins.plugins.argopreflight.engine.preflight.Suppression;
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

    private final GateOptions options;
    private final Optional<Lock> lock;
    private final List<String> notes;

    /**
     * The settings of a level.
     *
     * @param who the level's name for messages: {@code Jenkins}, {@code folder team}, {@code this step}
     * @param options its settings; those that are empty are taken from the level above
     * @param locks whether the levels below can only be stricter
     */
    public record Level(String who, GateOptions options, boolean locks) {

        /** Creates a level that does not lock the policy. */
        public Level(String who, GateOptions options) {
            this(who, options, /* locks= */ false);
        }
    }

    /** The least strict policy that a lock allows for the levels below. */
    private record Lock(String who, GateOptions options) {

        boolean covers(Suppression requested) {
            return options.ignores().stream()
                    .filter(locked -> locked.check().equals(requested.check()))
                    .anyMatch(locked -> !end(requested).isAfter(end(locked)));
        }

        private static LocalDate end(Suppression ignore) {
            return ignore.until().orElse(LocalDate.MAX);
        }
    }

    private GatePolicy(GateOptions options, Optional<Lock> lock, List<String> notes) {
        this.options = options;
        this.lock = lock;
        this.notes = List.copyOf(notes);
    }

    /** Returns the policy that applies if no level sets anything. */
    public static GatePolicy initial() {
        return new GatePolicy(GateOptions.DEFAULT, Optional.empty(), List.of());
    }

    /**
     * Returns the policy with the next level below. A setting of that level that a lock does not allow is replaced, and
     * becomes a note.
     */
    public GatePolicy with(Level level) {
        List<String> newNotes = new ArrayList<>(notes);
        GateOptions requested = level.options();
        Gate fail = requested.failOn().orElse(options.gate());
        Optional<Gate> unstable = requested.unstableOn().or(options::unstableOn);
        boolean newOnly = requested.newOnly();
        List<Suppression> all = new ArrayList<>(requested.ignores());
        if (lock.isPresent()) {
            Lock locked = lock.get();
            Gate lockedFail = locked.options().gate();
            if (strictness(fail) < strictness(lockedFail)) {
                newNotes.add(note("failOn", fail.name(), lockedFail.name(), level, locked));
                fail = lockedFail;
            }
            Optional<Gate> lockedUnstable = locked.options().unstableOn();
            if (strictness(unstable) < strictness(lockedUnstable)) {
                newNotes.add(note("unstableOn", name(unstable), name(lockedUnstable), level, locked));
                unstable = lockedUnstable;
            }
            all.removeIf(ignore -> !locked.covers(ignore));
            requested.ignores().stream()
                    .filter(ignore -> !locked.covers(ignore))
                    .forEach(ignore ->
                            newNotes.add(Messages.GatePolicy_ignore(ignore.check(), level.who(), locked.who())));
            if (newOnly) {
                newNotes.add(Messages.GatePolicy_refused("newOnly", locked.who()));
                newOnly = false;
            }
        }
        all.addAll(options.ignores());
        GateOptions applied = new GateOptions(Optional.of(fail), unstable, newOnly, all);
        return new GatePolicy(applied, level.locks() ? Optional.of(new Lock(level.who(), applied)) : lock, newNotes);
    }

    private static String name(Optional<Gate> unstableOn) {
        return unstableOn.map(Gate::name).orElseGet(Messages::GatePolicy_default);
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
     * @param parameter the parameter, such as {@code noCluster}
     */
    public Optional<String> refusal(String parameter) {
        return lock.map(locked -> Messages.GatePolicy_refused(parameter, locked.who()));
    }

    /** Returns the options that apply, with one suppression for each check: that of the innermost level. */
    public GateOptions options() {
        Map<String, Suppression> first = new LinkedHashMap<>();
        options.ignores().forEach(ignore -> first.putIfAbsent(ignore.check(), ignore));
        return new GateOptions(options.failOn(), options.unstableOn(), options.newOnly(), List.copyOf(first.values()));
    }

    /** Returns notes for the build's log about settings that a locked policy does not allow. */
    public List<String> notes() {
        return notes;
    }
}
