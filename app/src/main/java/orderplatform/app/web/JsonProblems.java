package orderplatform.app.web;

import java.util.stream.Collectors;
import orderplatform.api.FieldProblem;
import orderplatform.api.Texts;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says what is wrong with a body that is not the JSON it should be, in the caller's words rather than the parser's. */
final class JsonProblems {

    private static final int MAX_NAME_LENGTH = 64;

    private JsonProblems() {}

    static FieldProblem of(@Nullable Throwable cause) {
        return switch (cause) {
            case UnrecognizedPropertyException unknown -> new FieldProblem(path(unknown), "is not a known field");
            case InvalidFormatException text
            when text.getTargetType() == String.class -> new FieldProblem(path(text), StrictText.WANTED);
            case MismatchedInputException mismatch ->
                new FieldProblem(path(mismatch), wanted(mismatch.getTargetType()));
            case InputCoercionException range -> new FieldProblem(path(range), "is out of range");
            case null, default -> new FieldProblem("body", "must be JSON without duplicate fields");
        };
    }

    private static String wanted(@Nullable Class<?> type) {
        if (type == null) {
            return "has the wrong type";
        }
        if (Number.class.isAssignableFrom(type)) {
            return "must be a whole number";
        }
        return type == String.class ? "must be text" : "has the wrong type";
    }

    private static String path(JacksonException json) {
        var path = json.getPath().stream()
                .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + shown(step))
                .collect(Collectors.joining());
        return path.isEmpty() ? "body" : path.startsWith(".") ? path.substring(1) : path;
    }

    /** A name is the caller's, too. */
    private static String shown(JacksonException.Reference step) {
        var name = step.getPropertyName();
        return Texts.cleaned(name.substring(0, Math.min(name.length(), MAX_NAME_LENGTH)));
    }
}
