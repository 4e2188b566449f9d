// Tells keys by their length and by words of their bytes, little end first: 0x79 is the last letter of readOnly.

import {
  ADDENDUM, AGENT, ARN, CALLER_ACCOUNT, CALLER_TYPE, CATEGORY, EMBEDDED, ERROR, ID, IDENTITY, INVOKED_BY,
  MANAGEMENT, NAME, NONE, READ_ONLY, RECIPIENT, REGION, RESOURCES, SOURCE, TIME, TYPE, USER_NAME,
} from './fields'

const ADDENDUM_WORD: u64 = 0x6d75646e65646461
const AIL_EVENT_WORD: u64 = 0x746e6576456c6961
const AWS_REGIO_WORD: u64 = 0x6f69676552737761
const CATEGORY_WORD: u64 = 0x79726f6765746143
const CLOUD_TRA_WORD: u64 = 0x61725464756f6c43
const ENT_EVENT_WORD: u64 = 0x746e657645746e65
const ERROR_COD_WORD: u64 = 0x646f43726f727265
const EVENT_CAT_WORD: u64 = 0x746143746e657665
const EVENT_ID_WORD: u64 = 0x4449746e657665
const EVENT_NAM_WORD: u64 = 0x6d614e746e657665
const EVENT_SOU_WORD: u64 = 0x756f53746e657665
const EVENT_TIM_WORD: u64 = 0x6d6954746e657665
const EVENT_TYP_WORD: u64 = 0x707954746e657665
const MANAGEME_WORD: u64 = 0x656d6567616e616d
const READ_ONLY_WORD: u64 = 0x796c6e4f64616572
const RECIPIEN_WORD: u64 = 0x6e65697069636572
const RESOURCE_WORD: u64 = 0x656372756f736572
const T_ACCOUNT_WORD: u64 = 0x746e756f63634174
const USER_AGEN_WORD: u64 = 0x6e65674172657375
const USER_IDEN_WORD: u64 = 0x6e65644972657375
const TITY_WORD: u32 = 0x79746974
const URCE_WORD: u32 = 0x65637275
const ID_WORD: u16 = 0x6449

const ACCOUNT_I_WORD: u64 = 0x49746e756f636361
const INVOKED_B_WORD: u64 = 0x4264656b6f766e69
const USER_NAME_WORD: u64 = 0x656d614e72657375
const TYPE_WORD: u32 = 0x65707974
const ARN_WORD: u32 = 0x6e7261

/** The field of a record with this key. */
export function fieldOf(key: usize, length: u32): u32 {
  const word = load<u64>(key)
  switch (length) {
    case 7:
      return word << 8 == EVENT_ID_WORD << 8 ? ID : NONE
    case 8:
      if (word == READ_ONLY_WORD) return READ_ONLY
      return word == ADDENDUM_WORD ? ADDENDUM : NONE
    case 9:
      return fieldOfNine(word, load<u8>(key, 8))
    case 11:
      return word == EVENT_SOU_WORD && load<u32>(key, 7) == URCE_WORD ? SOURCE : NONE
    case 12:
      return word == USER_IDEN_WORD && load<u32>(key, 8) == TITY_WORD ? IDENTITY : NONE
    case 13:
      return word == EVENT_CAT_WORD && load<u64>(key, 5) == CATEGORY_WORD ? CATEGORY : NONE
    case 15:
      if (word == MANAGEME_WORD) return load<u64>(key, 7) == ENT_EVENT_WORD ? MANAGEMENT : NONE
      return word == CLOUD_TRA_WORD && load<u64>(key, 7) == AIL_EVENT_WORD ? EMBEDDED : NONE
    case 18:
      return word == RECIPIEN_WORD && isTAccountId(key + 8) ? RECIPIENT : NONE
  }
  return NONE
}

/** The field of a caller with this key in userIdentity. */
export function callerFieldOf(key: usize, length: u32): u32 {
  const word = load<u64>(key)
  switch (length) {
    case 3:
      return (<u32>word & 0xffffff) == ARN_WORD ? ARN : NONE
    case 4:
      return <u32>word == TYPE_WORD ? CALLER_TYPE : NONE
    case 8:
      return word == USER_NAME_WORD ? USER_NAME : NONE
    case 9: {
      const last = load<u8>(key, 8)
      if (last == 0x64) return word == ACCOUNT_I_WORD ? CALLER_ACCOUNT : NONE
      return last == 0x79 && word == INVOKED_B_WORD ? INVOKED_BY : NONE
    }
  }
  return NONE
}

function fieldOfNine(word: u64, last: u8): u32 {
  switch (last) {
    case 0x65: // e
      if (word == EVENT_TIM_WORD) return TIME
      if (word == EVENT_NAM_WORD) return NAME
      if (word == EVENT_TYP_WORD) return TYPE
      return word == ERROR_COD_WORD ? ERROR : NONE
    case 0x6e: // n
      return word == AWS_REGIO_WORD ? REGION : NONE
    case 0x74: // t
      return word == USER_AGEN_WORD ? AGENT : NONE
    case 0x73: // s
      return word == RESOURCE_WORD ? RESOURCES : NONE
  }
  return NONE
}

@inline
function isTAccountId(key: usize): bool {
  return load<u64>(key) == T_ACCOUNT_WORD && load<u16>(key, 8) == ID_WORD
}
