package orderplatform.app.cli;

import orderplatform.app.client.PlatformClient.Answer;

/** The platform answered that it did not do what was asked for. */
final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    Refused(String message) {
        super(message);
    }

    /** The answer, if it is one of success. */
    static Answer unlessDone(Answer answer) throws Refused {
        if (!answer.succeeded()) {
            throw new Refused(answer.problem());
        }
        return answer;
    }
}
