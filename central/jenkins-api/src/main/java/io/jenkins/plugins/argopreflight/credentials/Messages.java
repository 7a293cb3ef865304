package io.jenkins.plugins.argopreflight.credentials;

import java.text.MessageFormat;
import java.util.ResourceBundle;

/** What Jenkins' localizer generates from Messages.properties. */
public class Messages {

    private Messages() {}

    public static String ClusterCredentials_administered(Object arg0, Object arg1) {
        return format("ClusterCredentials.administered", arg0, arg1);
    }

    public static String ClusterCredentials_kind(Object arg0, Object arg1) {
        return format("ClusterCredentials.kind", arg0, arg1);
    }

    public static String ClusterCredentials_kindForArgoServer(Object arg0) {
        return format("ClusterCredentials.kindForArgoServer", arg0);
    }

    public static String ClusterCredentials_noKey(Object arg0) {
        return format("ClusterCredentials.noKey", arg0);
    }

    public static String ClusterCredentials_tooLarge(Object arg0) {
        return format("ClusterCredentials.tooLarge", arg0);
    }

    public static String CredentialForms_expression() {
        return format("CredentialForms.expression");
    }

    public static String CredentialForms_notFound() {
        return format("CredentialForms.notFound");
    }

    public static String CredentialSearch_folder(Object arg0) {
        return format("CredentialSearch.folder", arg0);
    }

    public static String CredentialSearch_jenkins() {
        return format("CredentialSearch.jenkins");
    }

    public static String CredentialSearch_near(Object arg0, Object arg1) {
        return format("CredentialSearch.near", arg0, arg1);
    }

    public static String CredentialSearch_none(Object arg0) {
        return format("CredentialSearch.none", arg0);
    }

    public static String CredentialSearch_unfit() {
        return format("CredentialSearch.unfit");
    }

    public static String KubernetesCredentialsTokens_noLogin(Object arg0, Object arg1, Object arg2) {
        return format("KubernetesCredentialsTokens.noLogin", arg0, arg1, arg2);
    }

    public static String RegistryCredentials_kind(Object arg0) {
        return format("RegistryCredentials.kind", arg0);
    }

    public static String RegistryCredentials_notFound(Object arg0, Object arg1, Object arg2) {
        return format("RegistryCredentials.notFound", arg0, arg1, arg2);
    }

    private static String format(String key, Object... arguments) {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.credentials.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString(key);
        return new MessageFormat(text).format(arguments);
    }
}
