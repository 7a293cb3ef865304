package io.jenkins.plugins.argopreflight.engine.facts.change;

/**
 * A right of an account, which is recorded as the name of an object of the kind {@link RecordedObject#RIGHT}.
 *
 * @param account NAMESPACE/NAME of the ServiceAccount
 * @param right such as {@code create pods/exec}
 */
record RecordedRight(String account, String right) {

    /** Reads a right from the name of its object. */
    static RecordedRight of(String name) {
        int space = name.indexOf(' ');
        return new RecordedRight(name.substring(0, Math.max(0, space)), name.substring(space + 1));
    }

    /** Returns the name of the object: the account, which contains no space, and the right. */
    String name() {
        return account + " " + right;
    }
}
