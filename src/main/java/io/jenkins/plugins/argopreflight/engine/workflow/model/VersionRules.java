package io.jenkins.plugins.argopreflight.engine.workflow.model;

/**
 * What differs between Argo's versions in the pods that it makes; each rule with the version in which it changed.
 *
 * @param strategicMainContainer mainContainer is merged strategically, not field by field (3.5)
 * @param tokenMountInMain without an automounted token every container but wait gets the executor's (until 3.4)
 * @param podSpecPatchEverywhere agent and artifact GC pods are patched too (3.5)
 * @param workflowUid executor containers have ARGO_WORKFLOW_UID (3.5)
 * @param goDebug executor containers have GODEBUG (until 3.5)
 * @param templateEverywhere every container has ARGO_TEMPLATE, not only init containers (until 3.5)
 * @param traced every container has ARGO_WORKFLOW_NAME and the trace (4.1)
 * @param minimalContext the locked-down contexts have seccompProfile and privileged (3.6)
 * @param logOptions init, wait, emissary, resource, data, agent and GC get all three logging flags (3.6)
 * @param boundaryScheduling nodeSelector, affinity and tolerations of the calling template count (3.6)
 * @param graceEverywhere every container has ARGO_TERMINATION_GRACE_PERIOD_SECONDS, not only wait (3.6)
 * @param dataLocation the source of a data template counts for the archive location (3.6)
 * @param sessionToken S3 session tokens are mounted (3.6)
 * @param offload a template over 128 KiB goes into a ConfigMap (3.6)
 * @param resourceWait a resource template whose logs are archived has wait (3.7)
 * @param offloadArgs arguments over 128 KiB go into a ConfigMap (3.7)
 * @param podGcAnnotation pods say how they are deleted in an annotation (3.6)
 * @param ownDefaults only the templateDefaults of a template's own type count (3.6.16, 3.7.8)
 * @param jsonResults lists and maps that an expression gives are written in JSON (3.6)
 * @param retryOfDefaults a retryStrategy of templateDefaults counts for {@code pod.name} (3.6)
 * @param lastRetry {@code lastRetry.…} have values before the first retry (3.7)
 * @param podMetadata how a holder's podMetadata gets into its templates
 * @param artifactPlugins artifact drivers (4.0)
 * @param podPriority spec.podPriority and a template's priority count (until 3.6)
 * @param waitsForValues a node waits for the outputs that it uses; before, the tag stayed in the text (3.7.11, 4.0.2)
 * @param fillsSkipped parameters of a skipped task are empty texts (3.7.13, 4.0.4)
 * @param initless the layout without init containers, podResources and resourceClaims (4.1)
 */
public record VersionRules(
        boolean strategicMainContainer,
        boolean tokenMountInMain,
        boolean podSpecPatchEverywhere,
        boolean workflowUid,
        boolean goDebug,
        boolean templateEverywhere,
        boolean traced,
        boolean minimalContext,
        boolean logOptions,
        boolean boundaryScheduling,
        boolean graceEverywhere,
        boolean dataLocation,
        boolean sessionToken,
        boolean offload,
        boolean resourceWait,
        boolean offloadArgs,
        boolean podGcAnnotation,
        boolean ownDefaults,
        boolean jsonResults,
        boolean retryOfDefaults,
        boolean lastRetry,
        PodMetadata podMetadata,
        boolean artifactPlugins,
        boolean podPriority,
        boolean waitsForValues,
        boolean fillsSkipped,
        boolean initless) {

    /** How a holder's {@code podMetadata} gets into its templates. */
    public enum PodMetadata {
        /** Not at all: only the workflow's own counts. */
        NOT,
        /** It wins over the template's own. */
        OVER,
        /** The template's own wins. */
        UNDER
    }

    public static VersionRules of(ArgoVersion version) {
        boolean v35 = version.atLeast(3, 5, 0);
        boolean v36 = version.atLeast(3, 6, 0);
        boolean v37 = version.atLeast(3, 7, 0);
        boolean v40 = version.atLeast(4, 0, 0);
        boolean v41 = version.atLeast(4, 1, 0);
        return new VersionRules(
                v35,
                !v35,
                v35,
                v35,
                !v36,
                !v36,
                v41,
                v36,
                v36,
                v36,
                v36,
                v36,
                v36,
                v36,
                v37,
                v37,
                v36,
                ownDefaults(version),
                v36,
                v36,
                v37,
                podMetadata(version),
                v40,
                !v37,
                patched(version, WAITS_37, WAITS_40),
                patched(version, FILLS_37, FILLS_40),
                v41);
    }

    /** Whether an expression that cannot be parsed is an error wherever it stands, and stays in the text nowhere. */
    public static boolean refusesSyntax(ArgoVersion version) {
        return patched(version, STRICT_37, STRICT_40);
    }

    private static boolean ownDefaults(ArgoVersion version) {
        return version.atLeast(3, 7, 0) ? version.atLeast(3, 7, OWN_37) : version.atLeast(3, 6, OWN_36);
    }

    private static PodMetadata podMetadata(ArgoVersion version) {
        if (!version.atLeast(3, 7, 0)) {
            return PodMetadata.NOT;
        }
        return patched(version, UNDER_37, UNDER_40) ? PodMetadata.UNDER : PodMetadata.OVER;
    }

    /** Whether it is in a patch of 3.7 and one of 4.0. */
    private static boolean patched(ArgoVersion version, int of37, int of40) {
        return version.atLeast(4, 0, 0) ? version.atLeast(4, 0, of40) : version.atLeast(3, 7, of37);
    }

    private static final int OWN_36 = 16;
    private static final int OWN_37 = 8;
    private static final int UNDER_40 = 6;
    private static final int UNDER_37 = 15;
    private static final int WAITS_37 = 11;
    private static final int WAITS_40 = 2;
    private static final int FILLS_37 = 13;
    private static final int FILLS_40 = 4;
    private static final int STRICT_37 = 14;
    private static final int STRICT_40 = 5;
}
