/// The way of an approval, to be read: what each input does in each state.
enum SheetMachineTable {
    static let text = """
        opened
          painted -> arming  startArming
          confirm -> opened  dropKey
          confirmUnread -> opened  dropKey
          confirmWrong -> opened  dropKey
          text -> opened  dropKey
          paste -> opened  dropKey
          escape -> closed  sayNothingSent
          otherKey -> closed  sayNothingSent
          burst -> closed  sayNothingSent
          itemChanged -> closed  sayNothingSent
          focusLost -> closed  sayNothingSent
          focusGained -> opened  restartArming
          resized -> closed  sayNothingSent
          suspended -> closed  sayNothingSent
          disconnected -> closed  sayNothingSent
          quit -> closed  sayNothingSent
          nothing: armingOver takeBack holdOver recorded refused noAnswer reachable \
        foundRecorded foundAbsent
        arming
          armingOver -> armed
          confirm -> opened  dropKey restartArming
          confirmUnread -> opened  dropKey restartArming
          confirmWrong -> opened  dropKey restartArming
          text -> opened  dropKey restartArming
          paste -> opened  dropKey restartArming
          escape -> closed  sayNothingSent
          otherKey -> closed  sayNothingSent
          burst -> closed  sayNothingSent
          itemChanged -> closed  sayNothingSent
          focusLost -> closed  sayNothingSent
          focusGained -> opened  restartArming
          resized -> closed  sayNothingSent
          suspended -> closed  sayNothingSent
          disconnected -> closed  sayNothingSent
          quit -> closed  sayNothingSent
          nothing: painted takeBack holdOver recorded refused noAnswer reachable foundRecorded \
        foundAbsent
        armed
          confirm -> holding  hold
          confirmUnread -> armed  dropKey sayUnread
          confirmWrong -> armed  sayWrong
          text -> armed  editText
          paste -> opened  dropKey restartArming
          escape -> closed  sayNothingSent
          otherKey -> closed  sayNothingSent
          burst -> closed  sayNothingSent
          itemChanged -> closed  sayNothingSent
          focusLost -> closed  sayNothingSent
          focusGained -> opened  restartArming
          resized -> closed  sayNothingSent
          suspended -> closed  sayNothingSent
          disconnected -> closed  sayNothingSent
          quit -> closed  sayNothingSent
          nothing: painted armingOver takeBack holdOver recorded refused noAnswer reachable \
        foundRecorded foundAbsent
        holding
          takeBack -> closed  sayNothingSent
          itemChanged -> closed  sayNothingSent
          suspended -> closed  sayNothingSent
          disconnected -> closed  sayNothingSent
          quit -> closed  sayNothingSent
          holdOver -> sending  send
          nothing: painted armingOver confirm confirmUnread confirmWrong text paste escape \
        otherKey burst focusLost focusGained resized recorded refused noAnswer reachable \
        foundRecorded foundAbsent
        sending
          disconnected -> unknown  sayUnknown
          recorded -> decided  sayRecorded
          refused -> closed  sayRefused
          noAnswer -> unknown  sayUnknown
          nothing: painted armingOver confirm confirmUnread confirmWrong text paste escape \
        otherKey burst takeBack itemChanged focusLost focusGained resized suspended quit \
        holdOver reachable foundRecorded foundAbsent
        unknown
          recorded -> decided  sayRecorded
          refused -> closed  sayRefused
          reachable -> asking  ask
          nothing: painted armingOver confirm confirmUnread confirmWrong text paste escape \
        otherKey burst takeBack itemChanged focusLost focusGained resized suspended \
        disconnected quit holdOver noAnswer foundRecorded foundAbsent
        asking
          disconnected -> unknown
          recorded -> decided  sayRecorded
          refused -> closed  sayRefused
          noAnswer -> unknown
          foundRecorded -> decided  sayRecorded
          foundAbsent -> closed  sayNotRecorded
          nothing: painted armingOver confirm confirmUnread confirmWrong text paste escape \
        otherKey burst takeBack itemChanged focusLost focusGained resized suspended quit \
        holdOver reachable
        decided
          nothing: painted armingOver confirm confirmUnread confirmWrong text paste escape \
        otherKey burst takeBack itemChanged focusLost focusGained resized suspended \
        disconnected quit holdOver recorded refused noAnswer reachable foundRecorded \
        foundAbsent
        closed
          nothing: painted armingOver confirm confirmUnread confirmWrong text paste escape \
        otherKey burst takeBack itemChanged focusLost focusGained resized suspended \
        disconnected quit holdOver recorded refused noAnswer reachable foundRecorded \
        foundAbsent
        """
}
