package io.jenkins.plugins.argopreflight.action.publish;

import java.text.MessageFormat;
import java.util.ResourceBundle;

/** What Jenkins' localizer generates from Messages.properties. */
public class Messages {

    private Messages() {}

    public static String CheckContent_cut() {
        return format("CheckContent.cut");
    }

    public static String Publishers_noCheck(Object arg0, Object arg1) {
        return format("Publishers.noCheck", arg0, arg1);
    }

    public static String Publishers_noTests(Object arg0, Object arg1) {
        return format("Publishers.noTests", arg0, arg1);
    }

    private static String format(String key, Object... arguments) {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.action.publish.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString(key);
        return new MessageFormat(text).format(arguments);
    }
}
