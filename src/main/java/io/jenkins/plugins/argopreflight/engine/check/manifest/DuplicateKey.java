package io.jenkins.plugins.argopreflight.engine.check.manifest;

import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Findings;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Duplicate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A check for a mapping with the same key twice: kubectl uses the last value silently, argo submit and argo lint refuse
 * the file. Source: sigs.k8s.io/yaml (Unmarshal, UnmarshalStrict), argo-workflows workflow/common/parse.go.
 */
public final class DuplicateKey extends Check {

    public DuplicateKey() {
        super(CheckInfo.warning("duplicate-key", "A key occurs twice in the same mapping", Topic.WORKFLOW));
    }

    @Override
    public boolean applies(Facts facts) {
        return !facts.documents().isEmpty();
    }

    @Override
    public List<Finding> check(Facts facts) {
        // The objects in one Kubernetes List are documents of their own, and each has the duplicates of the whole List.
        Set<Duplicate> reported = new HashSet<>();
        return facts.documents().stream()
                .flatMap(document -> document.duplicates().stream()
                        .filter(reported::add)
                        .map(duplicate -> finding(facts, document, duplicate)))
                .collect(Findings.collector());
    }

    private Finding finding(Facts facts, Document document, Duplicate duplicate) {
        return Finding.warn(
                        info(),
                        Subject.of(document, Places.namespace(facts, document), "")
                                .at(duplicate.location()),
                        "kubectl silently uses the last value; argo submit and argo lint refuse the file.")
                .title("Key %s occurs twice in the same mapping", duplicate.key())
                .evidence(EvidenceLine.words(duplicate.toString()))
                .fix(AskPerson.reader("remove one of the two keys at " + duplicate.location()));
    }
}
