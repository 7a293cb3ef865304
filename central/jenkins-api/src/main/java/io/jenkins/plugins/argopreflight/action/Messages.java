package io.jenkins.plugins.argopreflight.action;

import java.text.MessageFormat;
import java.util.ResourceBundle;

/** What Jenkins' localizer generates from Messages.properties. */
public class Messages {

    private Messages() {}

    public static String Group_fail() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.action.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Group.fail");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String Group_note() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.action.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Group.note");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String Group_unknown() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.action.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Group.unknown");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String Group_warn() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.action.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Group.warn");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String SecretsAction_displayName() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.action.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("SecretsAction.displayName");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String WorkflowsAction_displayName() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.action.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("WorkflowsAction.displayName");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String displayName() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.action.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("displayName");
        return new MessageFormat(text).format(new Object[] {});
    }
}
