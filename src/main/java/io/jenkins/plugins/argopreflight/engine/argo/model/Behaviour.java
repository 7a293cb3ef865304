package io.jenkins.plugins.argopreflight.engine.argo.model;

import java.util.List;
import java.util.stream.Stream;

/**
 * A difference in behaviour between versions of Argo: the first release of each line that has it, and its source, which
 * is a pull request or a file of argoproj/argo-workflows. A line without a release here behaves like the line before
 * it. Fields, settings and rights are in other tables, with the release that added them.
 */
public enum Behaviour {
    STRATEGIC_MAIN_CONTAINER(
            "The controller's mainContainer is merged strategically, not field by field.",
            "workflow/controller/workflowpod.go",
            "3.5.0"),
    PATCH_OF_EVERY_POD(
            "`podSpecPatch` applies to the pods of agents and of artifact GC, too.",
            "workflow/controller/agent.go",
            "3.5.0"),
    WORKFLOW_UID("Executor containers have ARGO_WORKFLOW_UID.", "workflow/controller/workflowpod.go", "3.5.0"),
    NO_GODEBUG("Executor containers have no GODEBUG.", "workflow/controller/workflowpod.go", "3.6.0"),
    TEMPLATE_IN_INIT_ONLY("Only init containers have ARGO_TEMPLATE.", "workflow/controller/workflowpod.go", "3.6.0"),
    MINIMAL_CONTEXT(
            "The locked-down security contexts have seccompProfile and privileged.",
            "workflow/common/security_context.go",
            "3.6.0"),
    LOG_OPTIONS(
            "Each of Argo's own containers gets all three logging flags.",
            "workflow/controller/workflowpod.go",
            "3.6.0"),
    BOUNDARY_SCHEDULING(
            "nodeSelector, affinity and tolerations of the calling template apply.",
            "workflow/controller/workflowpod.go",
            "3.6.0"),
    GRACE_PERIOD_EVERYWHERE(
            "Each container has ARGO_TERMINATION_GRACE_PERIOD_SECONDS, not only wait.",
            "workflow/controller/workflowpod.go",
            "3.6.0"),
    DATA_LOCATION(
            "The source of a data template decides about the archive location.",
            "workflow/controller/workflowpod.go",
            "3.6.0"),
    SESSION_TOKEN("S3 session tokens are mounted.", "workflow/controller/workflowpod.go", "3.6.0"),
    OFFLOADED_TEMPLATE("A template over 128 KiB goes into a ConfigMap.", "workflow/controller/workflowpod.go", "3.6.0"),
    POD_GC_ANNOTATION(
            "Pods have an annotation that says how they are deleted.", "workflow/controller/workflowpod.go", "3.6.0"),
    JSON_RESULTS(
            "Lists and maps as the results of expressions are written in JSON.",
            "util/template/expression_template.go",
            "3.6.0"),
    RETRY_OF_DEFAULTS(
            "A retryStrategy of templateDefaults decides about `pod.name`.",
            "workflow/controller/operator.go",
            "3.6.0"),
    OWN_TEMPLATE_DEFAULTS(
            "Only those templateDefaults apply that belong to the type of the template.",
            "workflow/controller/operator.go",
            "3.6.16",
            "3.7.8"),
    WAIT_OF_RESOURCE(
            "A resource template whose logs are archived has a container wait.",
            "workflow/controller/workflowpod.go",
            "3.7.0"),
    OFFLOADED_ARGUMENTS("Arguments over 128 KiB go into a ConfigMap.", "workflow/controller/workflowpod.go", "3.7.0"),
    LAST_RETRY_VALUES("`lastRetry.…` have values before the first retry.", "workflow/controller/operator.go", "3.7.0"),
    NO_POD_PRIORITY(
            "spec.podPriority and a template's priority have no effect.",
            "workflow/controller/workflowpod.go",
            "3.7.0"),
    HOLDERS_POD_METADATA(
            "podMetadata of the object that holds a template goes into its pods, over the template's own metadata.",
            "workflow/controller/operator.go",
            "3.7.0"),
    OWN_METADATA_WINS("A template's own metadata wins over that podMetadata.", "#16103", "3.7.15", "4.0.6"),
    WAITS_FOR_VALUES(
            "Argo waits for the outputs that a node uses; before, the tag stayed in the text.",
            "#15442",
            "3.7.11",
            "4.0.2"),
    REFUSED_PLACEHOLDERS(
            "The validation refuses names of steps and tasks for the placeholders of the inputs of a called template.",
            "util/template/placeholder.go",
            "3.7.11",
            "4.0.2"),
    STEP_PLACEHOLDERS("It accepts them in names of steps, not of tasks.", "#15991", "4.0.7"),
    REFUSED_PATCH(
            "In reference mode a workflow that has a podSpecPatch is refused.",
            "workflow/controller/operator.go",
            "3.7.11",
            "4.0.2"),
    SKIPPED_IS_EMPTY(
            "Output parameters of skipped tasks are empty texts in the arguments of tasks.",
            "#15841",
            "3.7.13",
            "4.0.4"),
    REFUSED_SYNTAX(
            "An expression that cannot be parsed is an error wherever it stands.",
            "workflow/controller/operator.go",
            "3.7.14",
            "4.0.5"),
    INLINE_GROUPS(
            "An inline template of steps or a dag calls templates; before, its first call ended in Error.",
            "#15574",
            "3.7.14",
            "4.0.5"),
    REFUSED_OVERRIDES(
            "In reference mode a workflow is refused for each field that is not in a list.",
            "workflow/util/merge.go",
            "3.7.14",
            "4.0.5"),
    REFUSED_GC_OVERRIDES(
            "In reference mode that list leaves out what artifactGC says of its pods.",
            "workflow/util/merge.go",
            "3.7.15",
            "4.0.6"),
    SKIPPED_IS_ABSENT(
            "An output parameter of what was skipped is its default, else an absent value that ends the node "
                    + "in Error.",
            "#16223",
            "3.7.16",
            "4.0.7"),
    GUARDED_VARIABLES("`??` and `?.` guard a variable that is missing in arguments.", "#16274", "3.7.16", "4.0.7"),
    MEMOIZED_OUTPUTS(
            "The cache entry of a memoized template of steps has its outputs; before, it had none, and what used them"
                    + " found nothing when the entry was used.",
            "#16696",
            "3.7.18",
            "4.0.9"),
    OVERRIDE_ALLOWLIST(
            "WORKFLOW_USER_OVERRIDE_ALLOWLIST of the controller adds to the list of reference mode.",
            "#16344",
            "3.7.17",
            "4.0.8"),
    ARTIFACT_PLUGINS("Artifact drivers.", "workflow/controller/artifact_plugin.go", "4.0.0"),
    PANIC_AT_UNREADABLE(
            "The controller panics at a workflow that it cannot read, also after each restart: an index of "
                    + "its informer returns the error, and client-go panics at it (tools/cache/thread_safe_store.go). "
                    + "Before, the error was ignored.",
            "workflow/controller/indexes/workflow_index.go",
            "4.0.0"),
    TRACE("Each container has ARGO_WORKFLOW_NAME and the trace.", "workflow/controller/workflowpod.go", "4.1.0"),
    PENDING_TIMEOUT(
            "`pendingTimeout` of a template ends a pod that stays Pending.",
            "pkg/apis/workflow/v1alpha1/workflow_types.go",
            "4.1.0"),
    INITLESS_POD(
            "The layout without init containers, podResources and resourceClaims.",
            "workflow/controller/workflowpod.go",
            "4.1.0");

    private final String description;
    private final String source;
    private final List<ArgoVersion> firsts;

    /**
     * Creates an entry of the table.
     *
     * @param firsts the first release of each line with the behaviour, in ascending order
     */
    Behaviour(String description, String source, String... firsts) {
        this.description = description;
        this.source = source;
        this.firsts = Stream.of(firsts).map(ArgoVersion::known).toList();
    }

    /** Returns a sentence for the documentation, in Markdown. */
    public String description() {
        return description;
    }

    /** Returns the pull request or file. */
    public String source() {
        return source;
    }

    /** Returns the first release of each line with this behaviour. */
    public List<ArgoVersion> firsts() {
        return firsts;
    }

    /** Returns whether a version has this behaviour: it is no older than the first release of its line. */
    boolean isIn(ArgoVersion version) {
        return firsts.stream()
                .filter(first -> !version.isBeforeLineOf(first))
                .reduce((earlier, later) -> later)
                .filter(first -> version.compareTo(first) >= 0)
                .isPresent();
    }
}
