package io.jenkins.plugins.argopreflight.step;

import java.text.MessageFormat;
import java.util.ResourceBundle;

/** What Jenkins' localizer generates from Messages.properties. */
public class Messages {

    private Messages() {}

    public static String AbortReason_build(Object arg0) {
        return format("AbortReason.build", arg0);
    }

    public static String AbortReason_buildBecause(Object arg0, Object arg1) {
        return format("AbortReason.buildBecause", arg0, arg1);
    }

    public static String AgentKubeconfig_missing(Object arg0) {
        return format("AgentKubeconfig.missing", arg0);
    }

    public static String AgentKubeconfig_tooLarge(Object arg0) {
        return format("AgentKubeconfig.tooLarge", arg0);
    }

    public static String AgentKubeconfig_tooMany(Object arg0, Object arg1) {
        return format("AgentKubeconfig.tooMany", arg0, arg1);
    }

    public static String ArchivedOutputs_done(Object arg0) {
        return format("ArchivedOutputs.done", arg0);
    }

    public static String ArchivedOutputs_failed(Object arg0, Object arg1) {
        return format("ArchivedOutputs.failed", arg0, arg1);
    }

    public static String ArchivedOutputs_internal(Object arg0) {
        return format("ArchivedOutputs.internal", arg0);
    }

    public static String ArchivedOutputs_interrupted() {
        return format("ArchivedOutputs.interrupted");
    }

    public static String ArchivedOutputs_noServer() {
        return format("ArchivedOutputs.noServer");
    }

    public static String ArchivedOutputs_serverGone() {
        return format("ArchivedOutputs.serverGone");
    }

    public static String BlockEnd_left(Object arg0, Object arg1, Object arg2, Object arg3) {
        return format("BlockEnd.left", arg0, arg1, arg2, arg3);
    }

    public static String BlockEnd_otherAddress() {
        return format("BlockEnd.otherAddress");
    }

    public static String BlockEnd_seeAbove() {
        return format("BlockEnd.seeAbove");
    }

    public static String BlockEnd_shared(Object arg0, Object arg1) {
        return format("BlockEnd.shared", arg0, arg1);
    }

    public static String BlockEnd_there(Object arg0, Object arg1) {
        return format("BlockEnd.there", arg0, arg1);
    }

    public static String Cluster_onlyConfigured() {
        return format("Cluster.onlyConfigured");
    }

    public static String Cluster_precedence() {
        return format("Cluster.precedence");
    }

    public static String ClusterBlock_login(Object arg0, Object arg1) {
        return format("ClusterBlock.login", arg0, arg1);
    }

    public static String ClusterBlock_notDeleted(Object arg0) {
        return format("ClusterBlock.notDeleted", arg0);
    }

    public static String ClusterBlock_notRenewed(Object arg0) {
        return format("ClusterBlock.notRenewed", arg0);
    }

    public static String ClusterBlock_notRevoked(Object arg0) {
        return format("ClusterBlock.notRevoked", arg0);
    }

    public static String ClusterBlock_offline() {
        return format("ClusterBlock.offline");
    }

    public static String ClusterBlockStep_displayName() {
        return format("ClusterBlockStep.displayName");
    }

    public static String ClusterBlockStep_unnamedCluster() {
        return format("ClusterBlockStep.unnamedCluster");
    }

    public static String ClusterChoice_noCluster() {
        return format("ClusterChoice.noCluster");
    }

    public static String ClusterChoice_several() {
        return format("ClusterChoice.several");
    }

    public static String ClusterChoice_tls() {
        return format("ClusterChoice.tls");
    }

    public static String ClusterChoice_twoLogins() {
        return format("ClusterChoice.twoLogins");
    }

    public static String ClusterConnector_agentServer(Object arg0) {
        return format("ClusterConnector.agentServer", arg0);
    }

    public static String ClusterConnector_at(Object arg0, Object arg1) {
        return format("ClusterConnector.at", arg0, arg1);
    }

    public static String ClusterConnector_byBlock() {
        return format("ClusterConnector.byBlock");
    }

    public static String ClusterConnector_byDefault() {
        return format("ClusterConnector.byDefault");
    }

    public static String ClusterConnector_byKubeconfig() {
        return format("ClusterConnector.byKubeconfig");
    }

    public static String ClusterConnector_byParameter(Object arg0) {
        return format("ClusterConnector.byParameter", arg0);
    }

    public static String ClusterConnector_configured(Object arg0) {
        return format("ClusterConnector.configured", arg0);
    }

    public static String ClusterConnector_defaultLocked(Object arg0, Object arg1) {
        return format("ClusterConnector.defaultLocked", arg0, arg1);
    }

    public static String ClusterConnector_forServer(Object arg0) {
        return format("ClusterConnector.forServer", arg0);
    }

    public static String ClusterConnector_gone(Object arg0) {
        return format("ClusterConnector.gone", arg0);
    }

    public static String ClusterConnector_itsKubeconfig() {
        return format("ClusterConnector.itsKubeconfig");
    }

    public static String ClusterConnector_kubeconfig() {
        return format("ClusterConnector.kubeconfig");
    }

    public static String ClusterConnector_locked(Object arg0, Object arg1, Object arg2) {
        return format("ClusterConnector.locked", arg0, arg1, arg2);
    }

    public static String ClusterConnector_named(Object arg0) {
        return format("ClusterConnector.named", arg0);
    }

    public static String ClusterConnector_namespace(Object arg0, Object arg1) {
        return format("ClusterConnector.namespace", arg0, arg1);
    }

    public static String ClusterConnector_noCredentials(Object arg0, Object arg1, Object arg2) {
        return format("ClusterConnector.noCredentials", arg0, arg1, arg2);
    }

    public static String ClusterConnector_noDefault(Object arg0) {
        return format("ClusterConnector.noDefault", arg0);
    }

    public static String ClusterConnector_noOthers() {
        return format("ClusterConnector.noOthers");
    }

    public static String ClusterConnector_noParameter() {
        return format("ClusterConnector.noParameter");
    }

    public static String ClusterConnector_noWorkspace() {
        return format("ClusterConnector.noWorkspace");
    }

    public static String ClusterConnector_none() {
        return format("ClusterConnector.none");
    }

    public static String ClusterConnector_noneConfigured() {
        return format("ClusterConnector.noneConfigured");
    }

    public static String ClusterConnector_notForJob(Object arg0, Object arg1, Object arg2) {
        return format("ClusterConnector.notForJob", arg0, arg1, arg2);
    }

    public static String ClusterConnector_notOfPipeline() {
        return format("ClusterConnector.notOfPipeline");
    }

    public static String ClusterConnector_onlyConfigured(Object arg0) {
        return format("ClusterConnector.onlyConfigured", arg0);
    }

    public static String ClusterConnector_ownPod() {
        return format("ClusterConnector.ownPod");
    }

    public static String ClusterConnector_serverUrl(Object arg0) {
        return format("ClusterConnector.serverUrl", arg0);
    }

    public static String ClusterConnector_topLevel() {
        return format("ClusterConnector.topLevel");
    }

    public static String ClusterConnector_twoAddresses(Object arg0, Object arg1) {
        return format("ClusterConnector.twoAddresses", arg0, arg1);
    }

    public static String ClusterConnector_unknown(Object arg0, Object arg1, Object arg2) {
        return format("ClusterConnector.unknown", arg0, arg1, arg2);
    }

    public static String Diagnose_late(Object arg0, Object arg1) {
        return format("Diagnose.late", arg0, arg1);
    }

    public static String Diagnose_lost(Object arg0, Object arg1) {
        return format("Diagnose.lost", arg0, arg1);
    }

    public static String Diagnose_moreChanges(Object arg0) {
        return format("Diagnose.moreChanges", arg0);
    }

    public static String Diagnose_notOnPage(Object arg0) {
        return format("Diagnose.notOnPage", arg0);
    }

    public static String Diagnose_one() {
        return format("Diagnose.one");
    }

    public static String Diagnose_unchecked(Object arg0) {
        return format("Diagnose.unchecked", arg0);
    }

    public static String DiagnoseStep_displayName() {
        return format("DiagnoseStep.displayName");
    }

    public static String FolderId_unreadable(Object arg0) {
        return format("FolderId.unreadable", arg0);
    }

    public static String GateVerdict_findings(Object arg0, Object arg1, Object arg2, Object arg3) {
        return format("GateVerdict.findings", arg0, arg1, arg2, arg3);
    }

    public static String GateVerdict_more(Object arg0, Object arg1) {
        return format("GateVerdict.more", arg0, arg1);
    }

    public static String GateVerdict_newFindings(Object arg0, Object arg1, Object arg2, Object arg3) {
        return format("GateVerdict.newFindings", arg0, arg1, arg2, arg3);
    }

    public static String GateVerdict_unchecked() {
        return format("GateVerdict.unchecked");
    }

    public static String Gates_inherited() {
        return format("Gates.inherited");
    }

    public static String OnAbort_unknown(Object arg0, Object arg1) {
        return format("OnAbort.unknown", arg0, arg1);
    }

    public static String ParameterValidation_argoVersion() {
        return format("ParameterValidation.argoVersion");
    }

    public static String ParameterValidation_id() {
        return format("ParameterValidation.id");
    }

    public static String ParameterValidation_kubernetesVersion() {
        return format("ParameterValidation.kubernetesVersion");
    }

    public static String ParameterValidation_podSecurity() {
        return format("ParameterValidation.podSecurity");
    }

    public static String ParameterValidation_refusal(Object arg0, Object arg1, Object arg2) {
        return format("ParameterValidation.refusal", arg0, arg1, arg2);
    }

    public static String Preflight_compared(Object arg0, Object arg1, Object arg2, Object arg3) {
        return format("Preflight.compared", arg0, arg1, arg2, arg3);
    }

    public static String Preflight_idTaken(Object arg0, Object arg1) {
        return format("Preflight.idTaken", arg0, arg1);
    }

    public static String Preflight_noCluster(Object arg0) {
        return format("Preflight.noCluster", arg0);
    }

    public static String Preflight_noClusterAsked() {
        return format("Preflight.noClusterAsked");
    }

    public static String Preflight_noReference() {
        return format("Preflight.noReference");
    }

    public static String Preflight_nothing() {
        return format("Preflight.nothing");
    }

    public static String Preflight_report() {
        return format("Preflight.report");
    }

    public static String Preflight_testConnection(Object arg0) {
        return format("Preflight.testConnection", arg0);
    }

    public static String Preflight_thisStep() {
        return format("Preflight.thisStep");
    }

    public static String PreflightStep_displayName() {
        return format("PreflightStep.displayName");
    }

    public static String ReferenceBuild_notVisible(Object arg0) {
        return format("ReferenceBuild.notVisible", arg0);
    }

    public static String ReferenceBuild_notVisibleToSystem(Object arg0) {
        return format("ReferenceBuild.notVisibleToSystem", arg0);
    }

    public static String RegistryLogin_displayName() {
        return format("RegistryLogin.displayName");
    }

    public static String RegistrySecret_noAdopt(Object arg0) {
        return format("RegistrySecret.noAdopt", arg0);
    }

    public static String RegistrySecret_noName() {
        return format("RegistrySecret.noName");
    }

    public static String RegistrySecret_noRegistries() {
        return format("RegistrySecret.noRegistries");
    }

    public static String RegistrySecret_notEverywhere(Object arg0) {
        return format("RegistrySecret.notEverywhere", arg0);
    }

    public static String RegistrySecret_notOnPage(Object arg0) {
        return format("RegistrySecret.notOnPage", arg0);
    }

    public static String RegistrySecret_notWritten(Object arg0, Object arg1) {
        return format("RegistrySecret.notWritten", arg0, arg1);
    }

    public static String RegistrySecret_removed() {
        return format("RegistrySecret.removed");
    }

    public static String RegistrySecret_removedLater() {
        return format("RegistrySecret.removedLater");
    }

    public static String RegistrySecret_unproved(Object arg0) {
        return format("RegistrySecret.unproved", arg0);
    }

    public static String RegistrySecretBlockStep_displayName() {
        return format("RegistrySecretBlockStep.displayName");
    }

    public static String RegistrySecretStep_displayName() {
        return format("RegistrySecretStep.displayName");
    }

    public static String StepCluster_named(Object arg0) {
        return format("StepCluster.named", arg0);
    }

    public static String StepFailure_internal(Object arg0) {
        return format("StepFailure.internal", arg0);
    }

    public static String StepFailure_memory() {
        return format("StepFailure.memory");
    }

    public static String Submit_cause(Object arg0, Object arg1) {
        return format("Submit.cause", arg0, arg1);
    }

    public static String Submit_delayed(Object arg0, Object arg1, Object arg2) {
        return format("Submit.delayed", arg0, arg1, arg2);
    }

    public static String Submit_deletedPhase() {
        return format("Submit.deletedPhase");
    }

    public static String Submit_late(Object arg0, Object arg1) {
        return format("Submit.late", arg0, arg1);
    }

    public static String Submit_lost(Object arg0) {
        return format("Submit.lost", arg0);
    }

    public static String Submit_lostForNow(Object arg0) {
        return format("Submit.lostForNow", arg0);
    }

    public static String Submit_notStopped(Object arg0, Object arg1) {
        return format("Submit.notStopped", arg0, arg1);
    }

    public static String Submit_one() {
        return format("Submit.one");
    }

    public static String Submit_recordGone(Object arg0) {
        return format("Submit.recordGone", arg0);
    }

    public static String Submit_recreated(Object arg0) {
        return format("Submit.recreated", arg0);
    }

    public static String Submit_report() {
        return format("Submit.report");
    }

    public static String Submit_runsOn(Object arg0) {
        return format("Submit.runsOn", arg0);
    }

    public static String Submit_sent(Object arg0, Object arg1) {
        return format("Submit.sent", arg0, arg1);
    }

    public static String Submit_submitted(Object arg0) {
        return format("Submit.submitted", arg0);
    }

    public static String Submit_undiagnosed(Object arg0, Object arg1) {
        return format("Submit.undiagnosed", arg0, arg1);
    }

    public static String Submit_unended(Object arg0) {
        return format("Submit.unended", arg0);
    }

    public static String Submit_unsent(Object arg0) {
        return format("Submit.unsent", arg0);
    }

    public static String SubmitStep_displayName() {
        return format("SubmitStep.displayName");
    }

    public static String UnstableBuild_why(Object arg0) {
        return format("UnstableBuild.why", arg0);
    }

    public static String Workflow_deleted(Object arg0) {
        return format("Workflow.deleted", arg0);
    }

    public static String Workflow_ended(Object arg0, Object arg1) {
        return format("Workflow.ended", arg0, arg1);
    }

    public static String Workflow_stuck(Object arg0) {
        return format("Workflow.stuck", arg0);
    }

    public static String Workflow_stuckBecause(Object arg0, Object arg1) {
        return format("Workflow.stuckBecause", arg0, arg1);
    }

    public static String WorkflowParameters_files(Object arg0, Object arg1) {
        return format("WorkflowParameters.files", arg0, arg1);
    }

    public static String WorkflowParameters_form(Object arg0) {
        return format("WorkflowParameters.form", arg0);
    }

    public static String WorkspaceManifests_link(Object arg0, Object arg1) {
        return format("WorkspaceManifests.link", arg0, arg1);
    }

    public static String WorkspaceManifests_noWorkspace(Object arg0, Object arg1) {
        return format("WorkspaceManifests.noWorkspace", arg0, arg1);
    }

    public static String WorkspaceManifests_none(Object arg0, Object arg1, Object arg2) {
        return format("WorkspaceManifests.none", arg0, arg1, arg2);
    }

    public static String WorkspaceManifests_outside(Object arg0, Object arg1) {
        return format("WorkspaceManifests.outside", arg0, arg1);
    }

    public static String WorkspaceManifests_refused(Object arg0) {
        return format("WorkspaceManifests.refused", arg0);
    }

    public static String WorkspaceManifests_tooMany(Object arg0, Object arg1, Object arg2, Object arg3) {
        return format("WorkspaceManifests.tooMany", arg0, arg1, arg2, arg3);
    }

    public static String WorkspaceManifests_tooMuch(Object arg0, Object arg1, Object arg2) {
        return format("WorkspaceManifests.tooMuch", arg0, arg1, arg2);
    }

    private static String format(String key, Object... arguments) {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.step.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString(key);
        return new MessageFormat(text).format(arguments);
    }
}
