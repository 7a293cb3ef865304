package io.jenkins.plugins.argopreflight.config;

import java.text.MessageFormat;
import java.util.ResourceBundle;

/** What Jenkins' localizer generates from Messages.properties. */
public class Messages {

    private Messages() {}

    public static String Access_absent(Object arg0) {
        return format("Access.absent", arg0);
    }

    public static String Access_job(Object arg0) {
        return format("Access.job", arg0);
    }

    public static String Access_namespace(Object arg0) {
        return format("Access.namespace", arg0);
    }

    public static String Account_form() {
        return format("Account.form");
    }

    public static String Account_ofJenkins() {
        return format("Account.ofJenkins");
    }

    public static String AddressSettings_allow(Object arg0) {
        return format("AddressSettings.allow", arg0);
    }

    public static String AddressSettings_allowAll(Object arg0) {
        return format("AddressSettings.allowAll", arg0);
    }

    public static String AddressSettings_allowOwn(Object arg0) {
        return format("AddressSettings.allowOwn", arg0);
    }

    public static String ArgoServer_url(Object arg0) {
        return format("ArgoServer.url", arg0);
    }

    public static String Certificates_none() {
        return format("Certificates.none");
    }

    public static String Certificates_unverified() {
        return format("Certificates.unverified");
    }

    public static String Cluster_displayName() {
        return format("Cluster.displayName");
    }

    public static String Cluster_name() {
        return format("Cluster.name");
    }

    public static String Cluster_none(Object arg0) {
        return format("Cluster.none", arg0);
    }

    public static String Cluster_unknown(Object arg0, Object arg1) {
        return format("Cluster.unknown", arg0, arg1);
    }

    public static String ConnectionTest_accounts(Object arg0) {
        return format("ConnectionTest.accounts", arg0);
    }

    public static String ConnectionTest_andUnknown(Object arg0) {
        return format("ConnectionTest.andUnknown", arg0);
    }

    public static String ConnectionTest_anonymous(Object arg0) {
        return format("ConnectionTest.anonymous", arg0);
    }

    public static String ConnectionTest_argo(Object arg0, Object arg1) {
        return format("ConnectionTest.argo", arg0, arg1);
    }

    public static String ConnectionTest_argoServer(Object arg0, Object arg1) {
        return format("ConnectionTest.argoServer", arg0, arg1);
    }

    public static String ConnectionTest_argoServerOf(Object arg0, Object arg1, Object arg2) {
        return format("ConnectionTest.argoServerOf", arg0, arg1, arg2);
    }

    public static String ConnectionTest_connected() {
        return format("ConnectionTest.connected");
    }

    public static String ConnectionTest_missing(Object arg0, Object arg1) {
        return format("ConnectionTest.missing", arg0, arg1);
    }

    public static String ConnectionTest_optional(Object arg0, Object arg1) {
        return format("ConnectionTest.optional", arg0, arg1);
    }

    public static String ConnectionTest_optionalUnknown(Object arg0, Object arg1) {
        return format("ConnectionTest.optionalUnknown", arg0, arg1);
    }

    public static String ConnectionTest_script() {
        return format("ConnectionTest.script");
    }

    public static String ConnectionTest_secrets(Object arg0) {
        return format("ConnectionTest.secrets", arg0);
    }

    public static String ConnectionTest_steps(Object arg0) {
        return format("ConnectionTest.steps", arg0);
    }

    public static String ConnectionTest_unknown(Object arg0, Object arg1) {
        return format("ConnectionTest.unknown", arg0, arg1);
    }

    public static String ConnectionTest_unknownArgo(Object arg0) {
        return format("ConnectionTest.unknownArgo", arg0);
    }

    public static String ConnectionTest_unknownUser() {
        return format("ConnectionTest.unknownUser");
    }

    public static String ConnectionTest_usable(Object arg0) {
        return format("ConnectionTest.usable", arg0);
    }

    public static String ConnectionTest_usableFor(Object arg0, Object arg1) {
        return format("ConnectionTest.usableFor", arg0, arg1);
    }

    public static String ConnectionTest_user(Object arg0, Object arg1) {
        return format("ConnectionTest.user", arg0, arg1);
    }

    public static String ConnectionTest_withoutDryRun(Object arg0) {
        return format("ConnectionTest.withoutDryRun", arg0);
    }

    public static String ConnectionTest_withoutSubmit(Object arg0) {
        return format("ConnectionTest.withoutSubmit", arg0);
    }

    public static String CredentialEnd_expired(Object arg0, Object arg1) {
        return format("CredentialEnd.expired", arg0, arg1);
    }

    public static String CredentialEnd_expires(Object arg0, Object arg1, Object arg2) {
        return format("CredentialEnd.expires", arg0, arg1, arg2);
    }

    public static String GatePolicy_default() {
        return format("GatePolicy.default");
    }

    public static String GatePolicy_folder(Object arg0) {
        return format("GatePolicy.folder", arg0);
    }

    public static String GatePolicy_ignore(Object arg0, Object arg1, Object arg2) {
        return format("GatePolicy.ignore", arg0, arg1, arg2);
    }

    public static String GatePolicy_locked(Object arg0, Object arg1, Object arg2, Object arg3, Object arg4) {
        return format("GatePolicy.locked", arg0, arg1, arg2, arg3, arg4);
    }

    public static String GatePolicy_refused(Object arg0, Object arg1) {
        return format("GatePolicy.refused", arg0, arg1);
    }

    public static String Gates_all() {
        return format("Gates.all");
    }

    public static String Gates_conditional() {
        return format("Gates.conditional");
    }

    public static String Gates_failOnAll() {
        return format("Gates.failOnAll");
    }

    public static String Gates_failOnConditional() {
        return format("Gates.failOnConditional");
    }

    public static String Gates_failOnFailures() {
        return format("Gates.failOnFailures");
    }

    public static String Gates_failOnWarnings() {
        return format("Gates.failOnWarnings");
    }

    public static String Gates_failures() {
        return format("Gates.failures");
    }

    public static String Gates_inherited() {
        return format("Gates.inherited");
    }

    public static String Gates_never() {
        return format("Gates.never");
    }

    public static String Gates_nothing() {
        return format("Gates.nothing");
    }

    public static String Gates_unchecked() {
        return format("Gates.unchecked");
    }

    public static String Gates_unknown(Object arg0, Object arg1, Object arg2) {
        return format("Gates.unknown", arg0, arg1, arg2);
    }

    public static String Gates_warnings() {
        return format("Gates.warnings");
    }

    public static String Host_form(Object arg0) {
        return format("Host.form", arg0);
    }

    public static String Monitor_displayName() {
        return format("Monitor.displayName");
    }

    public static String Monitor_failed(Object arg0, Object arg1) {
        return format("Monitor.failed", arg0, arg1);
    }

    public static String Monitor_used(Object arg0, Object arg1) {
        return format("Monitor.used", arg0, arg1);
    }

    public static String NamedCluster_argoServer(Object arg0) {
        return format("NamedCluster.argoServer", arg0);
    }

    public static String NamedCluster_blockAccount(Object arg0, Object arg1, Object arg2) {
        return format("NamedCluster.blockAccount", arg0, arg1, arg2);
    }

    public static String NamedCluster_forArgoServer(Object arg0) {
        return format("NamedCluster.forArgoServer", arg0);
    }

    public static String NamedCluster_noBlocks(Object arg0) {
        return format("NamedCluster.noBlocks", arg0);
    }

    public static String NamedCluster_noCredentials(Object arg0) {
        return format("NamedCluster.noCredentials", arg0);
    }

    public static String NamedCluster_noServerUrl() {
        return format("NamedCluster.noServerUrl");
    }

    public static String NamedCluster_ofFolder(Object arg0, Object arg1) {
        return format("NamedCluster.ofFolder", arg0, arg1);
    }

    public static String NamedCluster_ofJenkins(Object arg0) {
        return format("NamedCluster.ofJenkins", arg0);
    }

    public static String NamedCluster_serverUrl(Object arg0, Object arg1) {
        return format("NamedCluster.serverUrl", arg0, arg1);
    }

    public static String NamedCluster_tokenAccount(Object arg0, Object arg1) {
        return format("NamedCluster.tokenAccount", arg0, arg1);
    }

    public static String Namespace_form(Object arg0) {
        return format("Namespace.form", arg0);
    }

    public static String Registries_displayName() {
        return format("Registries.displayName");
    }

    public static String Registries_origin() {
        return format("Registries.origin");
    }

    public static String ServerUrl_plain() {
        return format("ServerUrl.plain");
    }

    public static String ServerUrl_problem(Object arg0) {
        return format("ServerUrl.problem", arg0);
    }

    public static String Suppression_displayName() {
        return format("Suppression.displayName");
    }

    public static String Suppression_noDate(Object arg0, Object arg1) {
        return format("Suppression.noDate", arg0, arg1);
    }

    public static String Suppression_until() {
        return format("Suppression.until");
    }

    public static String Test_job() {
        return format("Test.job");
    }

    public static String displayName() {
        return format("displayName");
    }

    private static String format(String key, Object... arguments) {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.config.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString(key);
        return new MessageFormat(text).format(arguments);
    }
}
