package io.jenkins.plugins.argopreflight.engine.model.fix;

/** A fix whose note is set after its other parts. */
interface NotedFix<T extends Fix> {

    /** Returns this fix with another note. */
    T with(FixNote note);

    /** Returns this fix with its purpose as note. */
    default T because(String purpose) {
        return with(FixNote.of(purpose));
    }

    /** Returns this fix as an alternative to the fix before it, with its purpose as note; {@code ""} for none. */
    default T or(String purpose) {
        return with(FixNote.or(purpose));
    }

    /** Returns this fix as an alternative to the fix before it, with a note that begins with the condition for it. */
    default T orIf(String condition) {
        return with(FixNote.orIf(condition));
    }
}
