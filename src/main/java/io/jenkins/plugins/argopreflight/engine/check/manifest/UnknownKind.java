package io.jenkins.plugins.argopreflight.engine.check.manifest;

import io.jenkins.plugins.argopreflight.engine.argo.KindName;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.ItemCheck;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.List;

/** A check for objects that are meant for Argo, with an apiVersion or a kind that Argo does not have. */
public final class UnknownKind extends ItemCheck<Document> {

    public UnknownKind() {
        super(
                CheckInfo.error(
                        "unknown-kind",
                        "An object has an apiVersion or a kind that Argo does not have",
                        Topic.WORKFLOW),
                Facts::documents);
    }

    @Override
    protected List<Finding> check(Facts facts, Document document) {
        return KindName.suggestion(document).map(kind -> finding(facts, document, kind)).stream()
                .toList();
    }

    private Finding finding(Facts facts, Document document, String kind) {
        String written = document.kind() + (document.apiVersion().isEmpty() ? "" : " in " + document.apiVersion());
        return Finding.fail(
                        info(),
                        Subject.of(document, Places.namespace(facts, document), "kind"),
                        "Argo's kind is " + kind + " in " + KindName.API_VERSION
                                + ". The API server has no other, and refuses the object.")
                .title("Argo has no kind %s", written)
                .evidence(EvidenceLine.words(
                        "no matches for kind \"" + document.kind() + "\" in version \"" + document.apiVersion() + "\""))
                .fix(ChangeField.to(Yaml.of("apiVersion: $version\nkind: $kind")
                        .with("version", KindName.API_VERSION)
                        .with("kind", kind)));
    }
}
