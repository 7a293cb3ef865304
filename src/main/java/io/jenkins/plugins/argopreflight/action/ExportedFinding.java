package io.jenkins.plugins.argopreflight.action;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.render.ConsequenceLines;
import io.jenkins.plugins.argopreflight.engine.render.FindingLabels;
import io.jenkins.plugins.argopreflight.engine.render.ShownOutcome;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A finding in the remote API. */
@ExportedBean(defaultVisibility = 2)
public final class ExportedFinding {

    private final String id;
    private final Finding finding;

    private ExportedFinding(String id, Finding finding) {
        this.id = id;
        this.finding = finding;
    }

    static List<ExportedFinding> of(Report report) {
        List<String> ids = report.ids();
        List<ExportedFinding> findings = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            findings.add(new ExportedFinding(ids.get(i), report.findings().get(i)));
        }
        return findings;
    }

    @Exported
    public String getId() {
        return id;
    }

    @Exported
    public String getCheck() {
        return finding.check();
    }

    @Exported
    public String getOutcome() {
        return ShownOutcome.of(finding).name();
    }

    @Exported
    public String getObject() {
        return FindingLabels.object(finding.subject());
    }

    @Exported
    public String getPlace() {
        return FindingLabels.place(finding.subject());
    }

    @Exported
    public String getTitle() {
        return finding.title();
    }

    @Exported
    public String getDetail() {
        return finding.detail();
    }

    /** Returns the condition under which the finding is a failure; "" if there is none. */
    @Exported
    public String getCondition() {
        return finding.condition();
    }

    /** Returns title and detail. */
    @Exported
    public String getMessage() {
        return finding.message();
    }

    /** Returns the findings that are consequences of this one, as lines. */
    @Exported
    public List<String> getConsequences() {
        return ConsequenceLines.of(finding).lines();
    }

    @Exported
    public List<String> getRemediation() {
        return finding.remediation();
    }

    @Exported
    public String getLink() {
        return finding.link();
    }
}
