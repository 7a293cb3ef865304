package io.jenkins.plugins.argopreflight.engine.check;

import io.jenkins.plugins.argopreflight.engine.model.fix.Shell;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import java.util.List;

/** The text of the fixes that a report shows, for a shell. */
final class Remediation {

    private Remediation() {}

    /** Returns the finding with its fixes as text, which is charged to the limit {@code text}. */
    static Finding write(Finding finding) {
        List<String> texts =
                finding.fixes().stream().map(Shell::text).distinct().toList();
        Budget.current().chargeText(texts.stream().mapToLong(String::length).sum());
        return finding.withRemediation(texts);
    }
}
