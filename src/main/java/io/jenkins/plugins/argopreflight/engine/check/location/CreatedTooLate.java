package io.jenkins.plugins.argopreflight.engine.check.location;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;

/**
 * Finds the template that creates a missing object too late: in a node that waits for the pod which needs the object.
 */
public final class CreatedTooLate {

    private CreatedTooLate() {}

    /** Returns the finding about a missing object, with the template that creates it too late if there is one. */
    public static Finding withLateCreator(Finding missing, Facts facts, ArgoPod pod, Resource resource, String name) {
        return facts.created()
                .createdAfter(pod, resource, missing.subject().namespace(), name)
                .map(later -> missing.evidence(
                                EvidenceLine.words("template " + later.template() + " (" + later.templateLocation()
                                        + ") creates it, in a node that starts only after this pod has ended"))
                        .fix(AskPerson.or("let the step or task with template " + later.template()
                                + " run first, and this one after it")))
                .orElse(missing);
    }
}
